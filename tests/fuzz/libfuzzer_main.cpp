// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/one_input.h"

// The names are the fuzzer's.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto kFiles = guestprep::sample_guest();
    guestprep::take_one_input(kFiles, {reinterpret_cast<const char*>(data), size});
    return 0;
}
