// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace guestprep {

struct KernelArgument {
    std::string name;
    std::optional<std::string> value;  ///< none: a bare word, such as "quiet"
};

/// Cut as the kernel cuts its command line: at blanks outside double quotes, up to "--" (the rest
/// is for init). Quotes round a value are taken away.
[[nodiscard]] std::vector<KernelArgument> parse_kernel_arguments(std::string_view line);

/// The value that counts, which is the last one; "-" and "_" in names are the same. A bare word has
/// an empty value.
[[nodiscard]] std::optional<std::string> kernel_argument(std::string_view line,
                                                         std::string_view name);
[[nodiscard]] std::vector<std::string> kernel_argument_values(std::string_view line,
                                                              std::string_view name);

/// The line with what may be a secret (iSCSI and other passwords) blotted out.
[[nodiscard]] std::string redacted_command_line(std::string_view line);

}  // namespace guestprep
