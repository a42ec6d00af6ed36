// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace guestprep {

/// Reads dpkg's status file piece by piece: it has tens of megabytes on some systems, and three
/// fields of it matter. Feed it in any pieces, then call finish().
class DpkgStatusReader {
public:
    struct Package {
        std::string name;
        std::string version;
        std::string status;  ///< "install ok installed"

        [[nodiscard]] bool is_installed() const { return status.ends_with(" installed"); }
    };

    void feed(std::string_view piece);
    [[nodiscard]] std::vector<Package> finish();

private:
    void line(std::string_view text);
    void end_of_package();
    std::string rest_;       ///< a line that is not complete yet, as far as it can matter
    bool skipping_ = false;  ///< inside a line too long to matter
    Package current_;
    std::vector<Package> packages_;
};

/// Names in the output of `rpm -qa --qf '%{NAME}\n'`: what stands for an error is left out.
[[nodiscard]] std::vector<std::string> rpm_names(std::string_view output);

/// True where rpm complains of its database in this output.
[[nodiscard]] bool has_rpm_error(std::string_view output);

}  // namespace guestprep
