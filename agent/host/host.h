// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "agent/core/block_device.h"
#include "agent/core/result.h"
#include "agent/host/accounts.h"
#include "agent/host/file_system.h"
#include "agent/host/registry.h"

namespace guestprep {

/// A program to run: an argument list, never a shell line. Found in a fixed search path, run with
/// LC_ALL=C, no standard input, and within the limits.
struct Command {
    std::vector<std::string> argv;
    std::chrono::milliseconds timeout{5000};
    std::size_t most_output = std::size_t{1} << 20;  ///< bytes; more is an error, too_large
};

struct CommandOutput {
    int exit_code = 0;
    std::string out;
    std::string err;
};

/// Errors: not_found (no such program), timed_out, too_large, unsupported (this is not the running
/// system). An exit code other than 0 is no error: what it means is the caller's to know.
class CommandRunner {
public:
    virtual ~CommandRunner() = default;
    [[nodiscard]] virtual Result<CommandOutput> run(const Command& command) const = 0;
};

class BlockDevices {
public:
    virtual ~BlockDevices() = default;
    /// All block devices of the guest. Error unsupported where the guest is only a directory.
    [[nodiscard]] virtual Result<std::vector<BlockDevice>> list() const = 0;
};

/// What no file tells.
struct MachineInfo {
    /// uname -r of the running kernel, "5.2.3790" of a Windows; empty under --root
    std::string kernel_release;
    std::string architecture;    ///< uname -m; empty under --root
    std::string hostname;        ///< empty under --root
    std::string cpu_hypervisor;  ///< CPUID leaf 0x40000000, "VMwareVMware"; empty for none
    bool has_hypervisor_bit = false;
    std::string firmware;  ///< of a running Windows: "bios", "uefi", or empty where it does not say
};

/// The guest as collectors see it: nothing here can write.
struct Host {
    const FileReader& files;
    const CommandRunner& commands;
    const BlockDevices& devices;
    MachineInfo machine;
    bool running = false;     ///< the system that runs this program, not a directory
    bool privileged = false;  ///< root, or the whole directory is readable to us
    const RegistryReader* registry = nullptr;  ///< of a Windows guest; else none
    const AccountReader* accounts = nullptr;   ///< of a running Windows; else none
};

}  // namespace guestprep
