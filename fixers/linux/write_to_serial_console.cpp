// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/kernel_arguments.h"
#include "agent/formats/kernel_command_line.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    const auto* entry = facts.boot.default_entry();
    if (entry == nullptr)
        return failure(Errc::unsupported, "it is not known which entry of the boot menu starts");
    const auto consoles = kernel_argument_values(entry->command_line, "console");
    for (const auto& console : consoles)
        if (console == "ttyS0" || console.starts_with("ttyS0,")) return ChangeSet{};
    std::vector<ArgumentChange> changes;
    // Naming one console takes the screen, which is the kernel's own choice, away.
    if (consoles.empty()) changes.push_back({"console", "tty0", true});
    changes.push_back({"console", "ttyS0,115200n8", true});
    return with_kernel_arguments(facts, changes);
}

}  // namespace

constinit const Fixer fixers::write_to_serial_console{
    .id = "linux-console-ttyS0",
    .title = "Let the kernel write to the serial console",
    .platform = Platform::linux_guest,
    .kind = FixKind::opt_in,
    .changes =
        "console=ttyS0,115200n8 on the kernel's command line (before it console=tty0 where no "
        "console is named), through /etc/default/grub and the distribution's generator, the "
        "entries' files, or GRUB legacy's menu.",
    .leaves = "Other consoles, GRUB's own terminal, and boot loaders other than GRUB.",
    .plan = plan,
};

}  // namespace guestprep
