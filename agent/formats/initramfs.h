// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "agent/core/byte_source.h"
#include "agent/core/result.h"

namespace guestprep {

struct InitramfsModule {
    std::string path;     ///< in the archive
    std::string version;  ///< the kernel's, from the path; empty for the flat images of RHEL 5
};

/// The names in an initramfs that say what it can do. Nothing is unpacked but the names.
struct InitramfsNames {
    std::vector<std::string> parts;  ///< "cpio at byte 0", "zstd at byte 48640"
    std::uint64_t files = 0;
    std::vector<InitramfsModule> modules;
    bool made_by_dracut = false;
    bool has_lvm_devices_file = false;
};

struct InitramfsLimits {
    std::uint64_t files = 500'000;
    std::uint64_t bytes = std::uint64_t{4} << 30;  ///< unpacked
    std::chrono::milliseconds time{60'000};
};

/// Reads to the end, as the kernel does: cpio archives one after the other, each plain or
/// compressed, with zeros between. Memory does not grow with the size of the image.
/// Errors: bad_syntax for a damaged or truncated image, with the place; unsupported for
/// compression or content that is not known; too_large and timed_out past the limits.
[[nodiscard]] Result<InitramfsNames> read_initramfs_names(ByteSource& source,
                                                          const InitramfsLimits& limits = {});

}  // namespace guestprep
