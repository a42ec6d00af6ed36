// SPDX-License-Identifier: Apache-2.0
#pragma once

// Debian 12 carries Catch2 2.13, newer systems 3: the one place that knows.
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif
