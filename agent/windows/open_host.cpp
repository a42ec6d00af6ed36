// SPDX-License-Identifier: Apache-2.0
#include "agent/open_host.h"

#include "agent/hurried_commands.h"
#include "platform/windows/accounts.h"
#include "platform/windows/block_devices.h"
#include "platform/windows/file_writer.h"
#include "platform/windows/files.h"
#include "platform/windows/machine_info.h"
#include "platform/windows/processes.h"
#include "platform/windows/registry.h"

namespace guestprep {
namespace {

class LiveHost final : public OpenedHost {
public:
    explicit LiveHost(std::chrono::steady_clock::time_point deadline)
        : commands_(processes_, deadline) {}
    Host host() const override {
        return {.files = files_,
                .commands = commands_,
                .devices = devices_,
                .machine = live_machine_info(),
                .running = true,
                .privileged = running_as_administrator(),
                .registry = &registry_,
                .accounts = &accounts_};
    }
    std::size_t files_read() const override { return files_.files_read(); }

private:
    WindowsFiles files_;
    WindowsProcesses processes_;
    HurriedCommands commands_;
    WindowsBlockDevices devices_;
    WindowsRegistry registry_;
    WindowsAccounts accounts_;
};

}  // namespace

Result<std::unique_ptr<OpenedHost>> open_host(const std::string& root,
                                              std::chrono::steady_clock::time_point deadline) {
    if (!root.empty())
        return failure(Errc::unsupported,
                       "--root: the program for Windows looks at the Windows that it runs on; the "
                       "one for Linux looks into a mounted disk");
    return std::make_unique<LiveHost>(deadline);
}

Result<OpenedWorkshop> open_workshop(const std::string& root) {
    if (!root.empty())
        return failure(Errc::unsupported, "--root: only the running Windows is changed");
    OpenedWorkshop shop;
    shop.files = std::make_unique<WindowsFiles>();
    shop.writer = std::make_unique<WindowsFileWriter>();
    shop.commands = std::make_unique<WindowsProcesses>();
    shop.registry = std::make_unique<WindowsRegistry>();
    shop.registry_writer = std::make_unique<WindowsRegistryWriter>();
    return shop;
}

}  // namespace guestprep
