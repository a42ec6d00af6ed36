// SPDX-License-Identifier: Apache-2.0
#include "agent/open_host.h"

#include <algorithm>
#include <array>
#include <optional>

#include "agent/collect/collect.h"
#include "agent/collect/hive_registry.h"
#include "agent/collect/windows_paths.h"
#include "agent/core/check.h"
#include "agent/hurried_commands.h"
#include "platform/linux/block_devices.h"
#include "platform/linux/machine_info.h"
#include "platform/linux/processes.h"
#include "platform/linux/rooted_files.h"
#include "platform/linux/rooted_writer.h"

namespace guestprep {
namespace {

/// A directory runs no programs: what they would tell is not the guest's.
class NoCommands final : public CommandRunner {
public:
    Result<CommandOutput> run(const Command& command) const override {
        return failure(Errc::unsupported,
                       command.argv.front() + ": not run, this is not the running system");
    }
};

class NoDevices final : public BlockDevices {
public:
    Result<std::vector<BlockDevice>> list() const override {
        return failure(Errc::unsupported, "disks cannot be seen from a directory (--root)");
    }
};

class DirectoryHost final : public OpenedHost {
public:
    DirectoryHost(std::unique_ptr<RootedFiles> files, Platform platform)
        : files_(std::move(files)) {
        if (platform == Platform::windows_guest) registry_.emplace(*files_);
    }
    Host host() const override {
        return {*files_,
                commands_,
                devices_,
                {},
                false,
                running_as_root(),
                registry_ ? &*registry_ : nullptr};
    }
    std::size_t files_read() const override { return files_->files_read(); }

private:
    std::unique_ptr<RootedFiles> files_;
    std::optional<HiveRegistry> registry_;
    NoCommands commands_;
    NoDevices devices_;
};

class LiveHost final : public OpenedHost {
public:
    LiveHost(std::unique_ptr<RootedFiles> files, std::chrono::steady_clock::time_point deadline)
        : files_(std::move(files)), commands_(processes_, deadline), devices_(*files_) {}
    Host host() const override {
        return {*files_, commands_, devices_, live_machine_info(), true, running_as_root()};
    }
    std::size_t files_read() const override { return files_->files_read(); }

private:
    std::unique_ptr<RootedFiles> files_;
    LinuxProcesses processes_;
    HurriedCommands commands_;
    LinuxBlockDevices devices_;
};

/// Error not_found: neither Linux nor Windows is there.
Result<Platform> platform_in(const FileReader& files, const std::string& root) {
    if (files.is_directory(GuestPath("/etc"))) return Platform::linux_guest;
    if (find_hive_folder(files)) return Platform::windows_guest;
    return failure(Errc::not_found, root +
                                        ": holds no system (there is neither etc nor "
                                        "Windows\\System32\\config below it)");
}

/// Whether this machine can run the guest's programs: the same kind of machine, and room for the
/// kernel's own file systems.
bool runs_here(const FileReader& files) {
    Facts facts;
    const NoCommands commands;
    const NoDevices devices;
    collect_os({files, commands, devices, {}, false, true}, facts);
    const auto here = live_machine_info().architecture;
    return facts.os.userland_machine && *facts.os.userland_machine == here &&
           std::ranges::all_of(std::array{"/proc", "/sys", "/dev"}, [&](const char* place) {
               return files.is_directory(GuestPath(place));
           });
}

}  // namespace

Result<std::unique_ptr<OpenedHost>> open_host(const std::string& root,
                                              std::chrono::steady_clock::time_point deadline) {
    auto files = RootedFiles::at(root.empty() ? "/" : root);
    if (!files) return std::unexpected(std::move(files.error()));
    const auto platform = platform_in(**files, root.empty() ? "/" : root);
    if (!platform) return std::unexpected(platform.error());
    if (root.empty()) return std::make_unique<LiveHost>(std::move(*files), deadline);
    return std::make_unique<DirectoryHost>(std::move(*files), *platform);
}

Result<OpenedWorkshop> open_workshop(const std::string& root) {
    const auto directory = root.empty() ? "/" : root;
    auto files = RootedFiles::at(directory);
    if (!files) return std::unexpected(std::move(files.error()));
    auto writer = RootedWriter::at(directory);
    if (!writer) return std::unexpected(std::move(writer.error()));
    OpenedWorkshop shop;
    shop.files = std::move(*files);
    shop.writer = std::move(*writer);
    if (root.empty())
        shop.commands = std::make_unique<LinuxProcesses>();
    else if (running_as_root() && runs_here(*shop.files))
        shop.commands = std::make_unique<ProcessesIn>(root);
    return shop;
}

}  // namespace guestprep
