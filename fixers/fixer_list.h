// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "agent/core/fixer.h"

// The program for Windows repairs no Linux guest, and has not the libraries for it: what its build
// leaves out (cmake/platforms.cmake) is not in its list.
#ifdef _WIN32
#define GUESTPREP_FIXER_FOR_linux(...)
#else
#define GUESTPREP_FIXER_FOR_linux(...) __VA_ARGS__
#endif
#define GUESTPREP_FIXER_FOR_windows(...) __VA_ARGS__

namespace guestprep::fixers {

#define GUESTPREP_FIXER(folder, name) GUESTPREP_FIXER_FOR_##folder(extern const Fixer name;)
#include "fixers/fixer_list.def"
#undef GUESTPREP_FIXER

/// In the order in which they plan; each sees the facts as the ones before it left them.
std::span<const Fixer* const> all();

}  // namespace guestprep::fixers
