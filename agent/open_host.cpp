// SPDX-License-Identifier: Apache-2.0
#include "agent/open_host.h"

#include "platform/linux/rooted_files.h"

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
    DirectoryHost(std::unique_ptr<RootedFiles> files, bool privileged)
        : files_(std::move(files)), privileged_(privileged) {}
    Host host() const override { return {*files_, commands_, devices_, {}, false, privileged_}; }
    std::size_t files_read() const override { return files_->files_read(); }

private:
    std::unique_ptr<RootedFiles> files_;
    NoCommands commands_;
    NoDevices devices_;
    bool privileged_;
};

Result<void> holds_a_linux_system(const FileReader& files, const std::string& root) {
    if (files.is_directory(GuestPath("/etc"))) return {};
    for (const auto* windows : {"/Windows/System32", "/windows/system32", "/WINDOWS/system32"})
        if (files.is_directory(GuestPath(windows)))
            return failure(Errc::unsupported,
                           root + ": holds Windows; this program judges Linux systems only");
    return failure(Errc::not_found, root + ": holds no system (there is no /etc below it)");
}

}  // namespace

Result<std::unique_ptr<OpenedHost>> open_host(const std::string& root,
                                              std::chrono::steady_clock::time_point /*deadline*/) {
    auto files = RootedFiles::at(root.empty() ? "/" : root);
    if (!files) return std::unexpected(std::move(files.error()));
    if (auto fine = holds_a_linux_system(**files, root.empty() ? "/" : root); !fine)
        return std::unexpected(std::move(fine.error()));
    return std::make_unique<DirectoryHost>(std::move(*files), true);
}

}  // namespace guestprep
