// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/initramfs_rebuild.h"

#include <algorithm>

#include "agent/core/text.h"
#include "agent/formats/modprobe_conf.h"
#include "agent/formats/shell_assignments.h"

namespace guestprep {
namespace {

constexpr std::uint64_t kRoom = std::uint64_t{50} << 20;
/// No distribution's image is smaller; half of a stump would prove nothing.
constexpr std::uint64_t kSmallestImage = std::uint64_t{1} << 20;
constexpr const char* kDracutFile = "/etc/dracut.conf.d/90-guestprep.conf";
constexpr const char* kModulesFile = "/etc/initramfs-tools/modules";
constexpr const char* kSuseFile = "/etc/sysconfig/kernel";

bool has(const std::vector<std::string>& names, std::string_view name) {
    return std::ranges::find(names, with_underscores(name)) != names.end();
}

struct Image {
    std::string path, kernel, version;
    std::uint64_t size = 0;
};

/// The initramfs of the default entry, where it is one that its tool would build.
Result<Image> image_of(const Facts& facts) {
    const auto* entry = facts.boot.default_entry();
    if (entry == nullptr || !facts.boot.kernel)
        return failure(Errc::unsupported, "it is not known which kernel starts");
    if (entry->initrds.size() != 1 || !entry->initrds.front().size)
        return failure(Errc::unsupported, "the default entry does not name one initramfs");
    const auto& file = entry->initrds.front();
    const auto& version = facts.boot.kernel->version;
    if (!contains(file.path, version))
        return failure(Errc::unsupported,
                       file.path + " does not carry the name of kernel " + version);
    if (!facts.boot.kernel->has_modules_folder)
        return failure(Errc::unsupported, "there are no modules of kernel " + version);
    return Image{file.path, facts.boot.kernel->path, version, *file.size};
}

/// A new image is written beside the old one, and the old one is kept: /boot must have room.
Result<void> has_room(const Facts& facts, const Image& image) {
    const auto space = facts.storage.space.find("/boot");
    if (space == facts.storage.space.end() || !space->second) return {};
    const auto needed = image.size + kRoom;
    if (space->second->free_bytes >= needed) return {};
    return failure(Errc::unsupported, "/boot has " + size_text(space->second->free_bytes) +
                                          " free, " + size_text(needed) +
                                          " are needed to build an initramfs");
}

std::string appended(const std::string& text, const std::string& lines) {
    return text + (text.empty() || text.ends_with('\n') ? "" : "\n") + lines;
}

FileEdit edit_of(const Facts& facts, const char* path, std::string after) {
    FileEdit edit{.path = GuestPath(path), .before = {}, .after = std::move(after)};
    if (const auto known = facts.sources.find(edit.path); known != facts.sources.end())
        edit.before = known->second;
    return edit;
}

std::string text_of(const Facts& facts, const char* path) {
    const auto known = facts.sources.find(GuestPath(path));
    return known == facts.sources.end() ? std::string() : known->second;
}

/// INITRD_MODULES="a b" of SUSE, with more words before the closing quote.
Result<std::string> with_suse_modules(const std::string& text,
                                      const std::vector<std::string>& names) {
    const auto file = ShellAssignments::parse(text);
    const auto* const setting = file.find("INITRD_MODULES");
    if (setting == nullptr) return appended(text, "INITRD_MODULES=\"" + join(names, " ") + "\"\n");
    std::string out;
    std::size_t number = 0;
    for (std::string_view left = text; !left.empty();) {
        const auto end = std::min(left.find('\n'), left.size() - 1) + 1;
        std::string line(left.substr(0, end));
        left.remove_prefix(end);
        if (++number == setting->line) {
            const auto quote = line.rfind('"');
            if (quote == std::string::npos || line.find('"') == quote)
                return failure(Errc::unsupported,
                               std::string(kSuseFile) + ": INITRD_MODULES is not one quoted line");
            line.insert(quote, " " + join(names, " "));
        }
        out += line;
    }
    return out;
}

Result<FileEdit> configured(const Facts& facts, const std::string& tool,
                            const std::vector<std::string>& names) {
    if (tool == "dracut")
        return edit_of(facts, kDracutFile,
                       appended(text_of(facts, kDracutFile),
                                "# Drivers of EC2's disks and network cards.\nadd_drivers+=\" " +
                                    join(names, " ") + " \"\n"));
    if (tool == "initramfs-tools")
        return edit_of(facts, kModulesFile,
                       appended(text_of(facts, kModulesFile), join(names, "\n") + "\n"));
    auto text = with_suse_modules(text_of(facts, kSuseFile), names);
    if (!text) return std::unexpected(text.error());
    return edit_of(facts, kSuseFile, std::move(*text));
}

bool is_suse(const Facts& facts) {
    return facts.os.distribution && facts.os.distribution->family == "suse";
}

}  // namespace

bool lacks_dhclient_for_dracut(const Facts& facts) {
    return facts.first_boot.network_legacy.is_set() &&
           std::ranges::none_of(facts.network.dhcp_clients, [](const std::string& path) {
               return path.ends_with("/dhclient");
           });
}

Result<CommandStep> rebuild_initramfs(const Facts& facts) {
    const auto& settings = facts.boot.initramfs_settings;
    if (!settings)
        return failure(Errc::unsupported, "an initramfs cannot be built: " + settings.why());
    const auto image = image_of(facts);
    if (!image) return std::unexpected(image.error());
    if (auto room = has_room(facts, *image); !room) return std::unexpected(room.error());
    CommandStep step{.saves = {GuestPath(image->path)}, .least_bytes = image->size / 2};
    if (!facts.boot.kernel->initramfs)
        step.least_bytes = std::max(step.least_bytes, kSmallestImage);
    // What is built for the machine at hand is the wrong one from outside the guest.
    step.own_machine = settings->host_only && settings->tool != "dracut";
    if (settings->tool == "dracut") {
        step.argv = {"dracut", "-f", image->path, image->version};
        if (settings->host_only && !facts.running)
            step.argv.insert(step.argv.begin() + 1, "--no-hostonly");
    } else if (settings->tool == "initramfs-tools") {
        step.argv = {"update-initramfs", "-u", "-k", image->version};
    } else if (is_suse(facts)) {
        step.argv = {"mkinitrd", "-k", image->kernel, "-i", image->path};
        step.own_machine = true;
    } else {
        return failure(Errc::unsupported, "mkinitrd of RHEL 5 takes drivers as arguments only");
    }
    return step;
}

Result<ChangeSet> put_in_initramfs(const Facts& facts, std::span<const std::string_view> wanted) {
    const auto& settings = facts.boot.initramfs_settings;
    if (!settings) return std::unexpected(settings.error());
    const auto image = image_of(facts);
    if (!image) return std::unexpected(image.error());
    const auto& kernel = *facts.boot.kernel;
    if (!kernel.modules) return std::unexpected(kernel.modules.error());
    if (!kernel.initramfs) return std::unexpected(kernel.initramfs.error());

    std::vector<std::string> needed;
    std::vector<std::string> to_configure;
    ChangeSet set;
    for (const auto driver : wanted) {
        const auto names = split(driver, '/');
        const auto is_in = [&](const std::vector<std::string>& list) {
            return std::ranges::find_if(names, [&](auto name) { return has(list, name); });
        };
        if (is_in(kernel.modules->built_in) != names.end() ||
            is_in(kernel.initramfs->drivers) != names.end())
            continue;
        const auto loadable = is_in(kernel.modules->loadable);
        if (loadable == names.end()) {
            set.notes.push_back("kernel " + kernel.version + " has no driver " +
                                std::string(names.front()));
            continue;
        }
        needed.emplace_back(*loadable);
        if (!has(settings->added, *loadable)) to_configure.emplace_back(*loadable);
    }
    if (needed.empty()) return set;
    if (settings->tool == "mkinitrd" && !is_suse(facts)) {
        if (auto room = has_room(facts, *image); !room) return std::unexpected(room.error());
        CommandStep step{.argv = {"mkinitrd", "-f"},
                         .saves = {GuestPath(image->path)},
                         .least_bytes = image->size / 2,
                         .own_machine = true};
        for (const auto& name : needed) step.argv.push_back("--with=" + name);
        step.argv.insert(step.argv.end(), {image->path, image->version});
        set.changes.push_back(std::move(step));
        return set;
    }
    auto command = rebuild_initramfs(facts);
    if (!command) return std::unexpected(command.error());
    if (!to_configure.empty()) {
        auto edit = configured(facts, settings->tool, to_configure);
        if (!edit) return std::unexpected(edit.error());
        set.changes.push_back(std::move(*edit));
    }
    set.changes.push_back(std::move(*command));
    return set;
}

}  // namespace guestprep
