// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "agent/host/file_writer.h"
#include "agent/host/host.h"

namespace guestprep {

/// The guest to look at: the running system, or a directory. Owns what a Host points to.
class OpenedHost {
public:
    virtual ~OpenedHost() = default;
    [[nodiscard]] virtual Host host() const = 0;
    /// How many files were opened so far.
    [[nodiscard]] virtual std::size_t files_read() const = 0;
};

/// What changes the guest.
struct OpenedWorkshop {
    std::unique_ptr<FileReader> files;
    std::unique_ptr<FileWriter> writer;
    std::unique_ptr<CommandRunner> commands;          ///< empty where the guest's cannot run here
    std::unique_ptr<RegistryReader> registry;         ///< of a running Windows
    std::unique_ptr<RegistryWriter> registry_writer;  ///< of a running Windows
};
/// Errors as open_host's.
[[nodiscard]] Result<OpenedWorkshop> open_workshop(const std::string& root);

/// `root` empty: the running system. Commands that the collectors run end at `deadline` at the
/// latest. Errors: not_found, access_denied, wrong_type: the root is not a readable directory, or
/// holds no system that this program judges.
[[nodiscard]] Result<std::unique_ptr<OpenedHost>> open_host(
    const std::string& root, std::chrono::steady_clock::time_point deadline);

}  // namespace guestprep
