// SPDX-License-Identifier: Apache-2.0
//
// Changes: lines of modprobe.d and sysctl, and words of the kernel's command line, that keep EC2's
//          drivers from being loaded.
// Leaves:  files of packages, and what a running kernel has been told already.
#include <algorithm>
#include <iterator>
#include <map>

#include "agent/core/text.h"
#include "agent/facts/boot_drivers.h"
#include "agent/facts/initramfs_rebuild.h"
#include "agent/facts/kernel_arguments.h"
#include "agent/facts/needed_drivers.h"
#include "agent/facts/network_edits.h"
#include "agent/formats/modprobe_conf.h"
#include "agent/formats/text_lines.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

/// Lines to comment out, by file. A line that goes on in the next one takes that along.
using Lines = std::map<GuestPath, std::vector<std::size_t>>;

Result<void> add_line(Lines& lines, const ConfigLine& line) {
    const auto colon = line.at.rfind(':');
    const auto number =
        colon == std::string::npos ? std::nullopt : to_number(line.at.substr(colon + 1));
    if (!number || *number == 0)
        return failure(Errc::unsupported, line.at + " is no line of a file: change it by hand");
    lines[GuestPath(line.at.substr(0, colon))].push_back(static_cast<std::size_t>(*number));
    return {};
}

Result<void> comment_out(const Facts& facts, const Lines& lines, ChangeSet& set) {
    for (const auto& [path, numbers] : lines) {
        const auto text = source_of(facts, path);
        if (!text) return std::unexpected(text.error());
        TextLines after(*text);
        for (const auto number : numbers)
            if (number <= after.size() && !after[number - 1].starts_with('#'))
                after.replace(number - 1, '#' + after[number - 1]);
        if (auto done = add_edit(facts, path, after.str(), set); !done) return done;
    }
    return {};
}

/// The drivers that the initramfs has to load: it holds a copy of modprobe's files.
bool is_for_the_disk(std::string_view module) {
    return contains(module, "nvme") || module == "xen_blkfront" || module == "xen_platform_pci";
}

bool is_built_in(const Facts& facts, std::string_view module) {
    if (!facts.boot.kernel) return false;
    const auto place = find_driver(*facts.boot.kernel, {module});
    return place && *place == DriverPlace::built_in;
}

/// "module_blacklist=floppy,nvme" without the drivers of EC2; empty where none is left.
std::string without_needed(std::string_view word) {
    const auto equals = word.find('=') + 1;
    std::string rest;
    for (const auto name : split(word.substr(equals), ','))
        if (!is_driver_of_ec2(with_underscores(name)))
            rest += (rest.empty() ? "" : ",") + std::string(name);
    return rest.empty() ? rest : std::string(word.substr(0, equals)) + rest;
}

std::vector<ArgumentReplacement> words_to_replace(const BootEntry& entry) {
    std::vector<ArgumentReplacement> out;
    for (const auto word : words_of(entry.command_line)) {
        const auto name = word.substr(0, word.find('='));
        const bool is_list =
            std::ranges::find(kModuleBlacklists, name) != std::end(kModuleBlacklists) &&
            name != word;
        if (word == "xen_emul_unplug=never" || name == "xen_nopv")
            out.push_back({std::string(word), ""});
        else if (auto rest = is_list ? without_needed(word) : std::string(word); rest != word)
            out.push_back({std::string(word), std::move(rest)});
    }
    return out;
}

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    const auto& bars = facts.first_boot.module_bars;
    if (!bars) return std::unexpected(bars.error());
    ChangeSet set;
    Lines lines;
    bool in_initramfs = false;
    for (const auto& bar : *bars) {
        if (!is_driver_of_ec2(bar.module) || is_built_in(facts, bar.module)) continue;
        if (auto done = add_line(lines, bar.line); !done) return std::unexpected(done.error());
        in_initramfs = in_initramfs || is_for_the_disk(bar.module);
    }
    if (const auto& off = facts.first_boot.modules_disabled; off.is_set())
        if (auto done = add_line(lines, off); !done) return std::unexpected(done.error());
    if (auto done = comment_out(facts, lines, set); !done) return std::unexpected(done.error());
    if (const auto* entry = facts.boot.default_entry(); entry != nullptr)
        if (const auto words = words_to_replace(*entry); !words.empty()) {
            auto arguments = with_kernel_arguments_replaced(facts, words, {});
            if (!arguments) return arguments;
            std::ranges::move(arguments->changes, std::back_inserter(set.changes));
        }
    const auto& kernel = facts.boot.kernel;
    if (!in_initramfs || (kernel && kernel->initramfs.is_absent())) return set;
    auto command = rebuild_initramfs(facts);
    if (!command) return std::unexpected(command.error());
    set.changes.emplace_back(std::move(*command));
    return set;
}

}  // namespace

constinit const Fixer fixers::let_drivers_load{
    .id = "linux-modules-disabled",
    .title = "Let the drivers of EC2 be loaded",
    .platform = Platform::linux_guest,
    .kind = FixKind::opt_in,
    .changes =
        "Lines of modprobe.d and modprobe.conf that keep ena, nvme or Xen's front-end drivers from "
        "being loaded, and kernel.modules_disabled = 1 of sysctl, become comments; these drivers "
        "leave blacklists on the kernel's command line. The initramfs is built anew where it loads "
        "one of them.",
    .leaves = "Other drivers, files of packages, and the kernel that runs now.",
    .plan = plan,
};

}  // namespace guestprep
