// SPDX-License-Identifier: Apache-2.0
//
// Changes: root= and resume= on the kernel's command line, in what the loader's entries are written
//          from and in the entries.
// Leaves:  entries of other systems; a root without an initramfs, which alone knows UUIDs.
#include <algorithm>

#include "agent/core/text.h"
#include "agent/facts/fstab_at_boot.h"
#include "agent/facts/kernel_arguments.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

/// "root" of "root=/dev/sda1", where its value is a name that the hardware gave.
std::string_view name_of_unstable(std::string_view word) {
    const auto equals = word.find('=');
    if (equals == std::string_view::npos) return {};
    const auto name = word.substr(0, equals);
    if (name != "root" && name != "resume") return {};
    return argument_changes_on_other_hardware(word.substr(equals + 1)) ? name : std::string_view();
}

std::vector<std::string> unstable_words(const BootFacts& boot) {
    std::vector<std::string> out;
    const auto add = [&](const std::string& line) {
        for (const auto word : words_of(line))
            if (!name_of_unstable(word).empty() && std::ranges::find(out, word) == out.end())
                out.emplace_back(word);
    };
    for (const auto& entry : boot.entries) add(entry.command_line);
    for (const auto& source : boot.other_command_lines) add(source.text);
    return out;
}

bool has_word(const BootEntry& entry, std::string_view word) {
    const auto words = words_of(entry.command_line);
    return std::ranges::find(words, word) != words.end();
}

/// What blkid writes for a UUID: it goes into files that a shell reads.
bool is_plain(std::string_view uuid) {
    return std::ranges::all_of(uuid, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               c == '-' || c == '=';
    });
}

/// "UUID=x" of the device that the word names, where that is the one it should be.
Result<std::string> tag_of(const Facts& facts, std::string_view name, std::string_view spec) {
    const auto refuse = [&](const std::string& why) {
        return failure(Errc::unsupported, std::string(name) + '=' + shown(spec) + ": " + why);
    };
    if (!facts.storage.devices) return refuse(facts.storage.devices.why());
    const auto tag = unique_uuid(facts.storage, spec);
    if (tag.empty() || !is_plain(tag)) return refuse("no UUID is known to be its own");
    const auto* device = devices_named(facts.storage, spec).front();
    if (name == "resume")
        return device->type == "swap" ? Result<std::string>(tag) : refuse("it is no swap space");
    const auto root = device_of(facts.storage, "/");
    if (!root) return refuse(root.error().message);
    return *root == device ? Result<std::string>(tag)
                           : refuse("the root file system lies on " + (*root)->kernel_name);
}

Result<ArgumentReplacement> replacement_of(const Facts& facts, const std::string& word) {
    const auto name = name_of_unstable(word);
    const auto spec = std::string_view(word).substr(name.size() + 1);
    const auto& devices = facts.storage.devices;
    // The boot waits for a device that was gone before: nothing resumes from it.
    if (name == "resume" && devices && spec.starts_with('/') &&
        devices_named(facts.storage, spec).empty())
        return ArgumentReplacement{word, ""};
    auto tag = tag_of(facts, name, spec);
    if (!tag) return std::unexpected(tag.error());
    for (const auto& entry : facts.boot.entries)
        if (name == "root" && has_word(entry, word) && entry.initrds.empty())
            return failure(Errc::unsupported,
                           entry.where + ": without an initramfs the kernel knows no UUIDs");
    return ArgumentReplacement{word, std::string(name) + '=' + *tag};
}

/// grub-mkconfig writes the device's UUID into its entries where nothing keeps it from that.
GrubSettings settings_for_uuid(const BootFacts& boot) {
    constexpr const char* kSwitch = "GRUB_DISABLE_LINUX_UUID";
    const auto& settings = boot.default_grub;
    if (!settings || !settings->contains(kSwitch) || settings->at(kSwitch) != "true") return {};
    return {{kSwitch, "false"}};
}

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    const auto* entry = facts.boot.default_entry();
    if (entry == nullptr)
        return failure(Errc::unsupported, "it is not known which entry of the boot menu starts");
    std::vector<ArgumentReplacement> replacements;
    std::vector<std::string> notes;
    bool root_in_menu = false;
    for (const auto& word : unstable_words(facts.boot)) {
        auto one = replacement_of(facts, word);
        if (!one && has_word(*entry, word)) return std::unexpected(one.error());
        if (!one) {
            notes.push_back("left as it is, not in the default entry: " + one.error().message);
            continue;
        }
        root_in_menu =
            root_in_menu || (word.starts_with("root=") &&
                             std::ranges::any_of(facts.boot.entries, [&](const auto& other) {
                                 return has_word(other, word);
                             }));
        replacements.push_back(std::move(*one));
    }
    if (replacements.empty()) return ChangeSet{.changes = {}, .notes = std::move(notes)};
    const bool is_generated = root_in_menu && !facts.boot.uses_bls;
    auto set = with_kernel_arguments_replaced(
        facts, replacements, is_generated ? settings_for_uuid(facts.boot) : GrubSettings());
    if (set) set->notes = std::move(notes);
    return set;
}

}  // namespace

constinit const Fixer fixers::name_root_by_uuid{
    .id = "linux-grub-rootspec",
    .title = "Name the root file system by UUID in the boot entries",
    .platform = Platform::linux_guest,
    .kind = FixKind::opt_in,
    .changes =
        "root= and resume= that name a disk of this machine, to UUID=: in /etc/default/grub "
        "(with /etc/default/grub.d on Debian), /etc/kernel/cmdline, /etc/sysconfig/bootloader, the "
        "entries' own files, GRUB's environment block or GRUB legacy's menu; where entries are "
        "generated, grub.cfg is written anew. A resume= whose device is gone is taken out.",
    .leaves =
        "Entries of other systems, entries without an initramfs, devices whose UUID is not their "
        "own, boot loaders other than GRUB.",
    .plan = plan,
};

}  // namespace guestprep
