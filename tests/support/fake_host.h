// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "agent/host/host.h"

namespace guestprep {

/// Files in memory. Directories come into being with what is in them.
class FakeFiles final : public FileReader {
public:
    FakeFiles& file(std::string_view path, std::string text, std::uint32_t permissions = 0644,
                    std::uint32_t uid = 0, std::uint32_t gid = 0);
    FakeFiles& directory(std::string_view path, std::uint32_t permissions = 0755,
                         std::uint32_t uid = 0, std::uint32_t gid = 0);
    FakeFiles& link(std::string_view path, std::string target);
    FakeFiles& special(std::string_view path, FileKind kind);
    /// Reading or listing this path says "permission denied".
    FakeFiles& deny(std::string_view path);
    /// Puts a path that is there on a file system of its own.
    FakeFiles& on_device(std::string_view path, std::uint64_t device);
    FakeFiles& has_flags(std::string_view path, FileFlags flags);
    FakeFiles& has_space(std::string_view path, FileSystemSpace space);

    Result<std::string> read(const GuestPath& path, std::size_t most = kConfigLimit) const override;
    Result<std::unique_ptr<ByteSource>> open(const GuestPath& path) const override;
    Result<FileInfo> info(const GuestPath& path) const override;
    Result<FileInfo> link_info(const GuestPath& path) const override;
    Result<std::vector<std::string>> list(const GuestPath& path) const override;
    Result<std::string> link(const GuestPath& path) const override;
    Result<GuestPath> resolve(const GuestPath& path) const override;
    Result<FileSystemSpace> space(const GuestPath& path) const override;
    /// None are set where the test says nothing.
    Result<FileFlags> flags(const GuestPath& path) const override;

private:
    struct Node {
        FileInfo info;
        std::string text;  ///< content, or the target of a link
    };
    void add(std::string_view path, Node node);
    [[nodiscard]] Result<const Node*> find(const GuestPath& path, bool follow,
                                           GuestPath* real = nullptr) const;
    std::map<GuestPath, Node> nodes_;
    std::set<GuestPath> denied_;
    std::map<GuestPath, FileSystemSpace> spaces_;
    std::map<GuestPath, FileFlags> flags_;
};

/// Answers the commands it was told, by their words joined with blanks; others are not_found.
class FakeCommands final : public CommandRunner {
public:
    FakeCommands& on(std::string command_line, CommandOutput output);
    Result<CommandOutput> run(const Command& command) const override;
    [[nodiscard]] const std::vector<std::string>& asked() const { return asked_; }

private:
    std::map<std::string, CommandOutput> outputs_;
    mutable std::vector<std::string> asked_;
};

class FakeDevices final : public BlockDevices {
public:
    Result<std::vector<BlockDevice>> devices = failure(Errc::unsupported, "no devices here");
    Result<std::vector<BlockDevice>> list() const override { return devices; }
};

/// A whole host in memory: fill the members, then hand `host()` to a collector.
struct FakeHost {
    FakeFiles files;
    FakeCommands commands;
    FakeDevices devices;
    MachineInfo machine;
    bool running = true;
    bool privileged = true;

    [[nodiscard]] Host host() const {
        return {files, commands, devices, machine, running, privileged};
    }
};

}  // namespace guestprep
