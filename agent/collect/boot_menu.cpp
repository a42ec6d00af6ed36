// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>
#include <utility>

#include "agent/collect/boot_parts.h"
#include "agent/core/text.h"
#include "agent/formats/boot_loader_entry.h"
#include "agent/formats/grub_cfg.h"
#include "agent/formats/grub_legacy.h"
#include "agent/formats/grubenv.h"
#include "agent/formats/kernel_command_line.h"

namespace guestprep {
namespace {

using Saved = std::map<std::string, std::string>;
constexpr auto kBlsFolder = "/boot/loader/entries";
constexpr std::size_t kMostEntries = 500;

/// Turns what the loader calls a path into one of the guest.
class PathFinder {
public:
    explicit PathFinder(const FileReader& files) : files_(files) {
        const auto root = files.info(GuestPath("/"));
        const auto boot = files.info(GuestPath("/boot"));
        // The loader counts from the root of the partition that holds /boot.
        boot_first_ = root && boot && root->device != boot->device;
    }

    BootFile find(const std::string& written) const {
        BootFile out{written, {}, {}};
        for (const auto& path : candidates(written)) {
            const auto info = files_.info(path);
            if (out.path.empty() || info) {
                const auto real = files_.resolve(path);
                out.path = real ? real->str() : path.str();
                out.size = info ? Fact<std::uint64_t>(info->size) : std::unexpected(info.error());
            }
            if (info) break;
        }
        return out;
    }

private:
    std::vector<GuestPath> candidates(const std::string& written) const {
        std::vector<GuestPath> out{GuestPath(written), GuestPath("/boot" + written)};
        if (boot_first_) std::swap(out[0], out[1]);
        // On btrfs the path begins with the subvolume: "/@/boot/vmlinuz".
        std::string_view rest = written;
        for (int steps = 0; steps < 3; ++steps) {
            const auto slash = rest.find('/', 1);
            if (slash == std::string_view::npos) break;
            rest.remove_prefix(slash);
            out.emplace_back(rest);
            out.emplace_back("/boot" + std::string(rest));
        }
        return out;
    }

    const FileReader& files_;
    bool boot_first_ = false;
};

/// Whether the default follows the environment block: tried out, as every generated file mentions
/// saved_entry somewhere.
bool takes_saved_entry(std::string_view text) {
    const Saved probe{{"saved_entry", "a value that nobody has"}};
    const auto cfg = parse_grub_cfg(text, &probe);
    const auto* const setting = cfg.variable("default");
    return setting != nullptr && setting->value == probe.begin()->second;
}

/// What both generations of GRUB come down to.
struct Menu {
    std::vector<MenuEntry> entries;
    std::string setting;
    Result<DefaultEntry> chosen = failure(Errc::not_collected, "not collected");
    bool asks_password = false;
};

class MenuReader {
public:
    MenuReader(const Host& host, BootFacts& boot, const LoaderConfig& config)
        : files_(host.files), boot_(boot), config_(config), paths_(host.files) {}

    void read(const std::string& text) {
        auto menu = config_.loader == LoaderKind::grub2 ? grub2(text) : legacy(text);
        flatten(menu, menu.entries, {});
        if (menu.chosen) {
            boot_.default_boot = DefaultBoot{chosen_, menu.setting, config_.path, menu.chosen->why,
                                             menu.chosen->fell_back};
        } else {
            boot_.default_boot = std::unexpected(Error(menu.chosen.error()).within(config_.path));
        }
    }

private:
    Menu grub2(const std::string& text) {
        const auto saved = environment();
        auto cfg = parse_grub_cfg(text, saved ? &*saved : nullptr);
        for (auto& config : boot_.configs)
            if (config.is_used) config.problems = cfg.problems;
        boot_.uses_bls = cfg.uses_blscfg;
        boot_.default_is_saved = takes_saved_entry(text);
        Menu menu;
        menu.asks_password = cfg.asks_password;
        menu.entries = with_loader_entries(cfg);
        const auto* const setting = cfg.variable("default");
        if (setting != nullptr) menu.setting = setting->value;
        // Without a timeout GRUB 2 waits for somebody.
        const auto* const timeout = cfg.variable("timeout");
        if (timeout == nullptr || timeout->certain)
            boot_.timeout = timeout == nullptr ? std::string("-1") : timeout->value;
        else
            boot_.timeout = failure(Errc::unsupported, "depends on what the loader finds");
        const bool unknown_block =
            cfg.loads_environment && !boot_.environment && !boot_.environment.is_absent();
        if (unknown_block)
            menu.chosen = std::unexpected(boot_.environment.error());
        else if (setting != nullptr && !setting->certain)
            menu.chosen =
                failure(Errc::unsupported, "the default depends on what the loader finds");
        else
            menu.chosen = grub_default(menu.entries, menu.setting);
        return menu;
    }

    Menu legacy(const std::string& text) {
        auto file = parse_grub_legacy(text);
        std::optional<std::string> saved;
        if (auto number = files_.read(GuestPath(config_.real_path).parent() / "default"))
            saved = std::move(*number);
        Menu menu;
        menu.setting = file.default_setting;
        menu.asks_password = true;  // "lock" refuses to go on even where no password is set
        menu.chosen = grub_legacy_default(file, saved);
        menu.entries = std::move(file.menu);
        boot_.timeout = file.timeout ? std::to_string(*file.timeout) : std::string("-1");
        boot_.default_is_saved = file.default_setting == "saved";
        return menu;
    }

    /// The block lies beside the configuration; on EFI systems of Red Hat's by a link.
    std::optional<Saved> environment() {
        const auto path = GuestPath(config_.real_path).parent() / "grubenv";
        const auto bytes = files_.read(path, 65536);
        if (!bytes) {
            boot_.environment = std::unexpected(bytes.error());
            // There, though hidden from us: GRUB will load it.
            if (!boot_.environment.is_absent()) return Saved();
            return std::nullopt;
        }
        const auto block = parse_grubenv(*bytes);
        auto shown_variables = block.variables;
        for (auto& [name, value] : shown_variables)
            if (name == "kernelopts") value = redacted_command_line(value);
        boot_.environment = EnvironmentBlock{path.str(), block.has_header, block.has_right_size,
                                             std::move(shown_variables)};
        return block.effective();
    }

    std::vector<MenuEntry> with_loader_entries(const GrubCfg& cfg) {
        std::vector<MenuEntry> out;
        for (const auto& entry : cfg.menu) {
            if (!entry.is_bls) {
                out.push_back(entry);
                continue;
            }
            for (auto& from_file : loader_entries(cfg)) out.push_back(std::move(from_file));
        }
        return out;
    }

    std::vector<MenuEntry> loader_entries(const GrubCfg& cfg) {
        const auto names = files_.list(GuestPath(kBlsFolder));
        if (!names) {
            if (names.error().code == Errc::access_denied)
                boot_.unread_folders.emplace_back(kBlsFolder);
            return {};
        }
        std::vector<MenuEntry> out;
        for (const auto& name : *names) {
            const auto path = GuestPath(kBlsFolder) / name;
            auto text = files_.read(path, std::size_t{1} << 20);
            if (!name.ends_with(".conf") || !text || out.size() >= kMostEntries) continue;
            const auto file = BootLoaderEntry::parse(name, std::move(*text));
            MenuEntry entry;
            entry.file = path.str();
            entry.line = 1;
            entry.id = file.id();
            entry.title = file.value("title");
            entry.command = "linux";
            entry.kernel = cfg.expand(file.value("linux"));
            entry.command_line = trimmed(cfg.expand(file.all("options")));
            if (const auto* const options = file.find("options"))
                entry.command_line_line = options->number;
            const auto initrds = cfg.expand(file.all("initrd"));
            for (const auto initrd : words_of(initrds)) entry.initrds.emplace_back(initrd);
            entry.unrestricted = contains(file.value("grub_arg"), "--unrestricted");
            out.push_back(std::move(entry));
        }
        std::ranges::sort(out, [](const MenuEntry& a, const MenuEntry& b) {
            return compare_entry_ids(a.id, b.id) > 0;
        });
        return out;
    }

    void flatten(const Menu& menu, const std::vector<MenuEntry>& entries,
                 std::vector<std::size_t> path) {
        path.push_back(0);
        for (std::size_t i = 0; i < entries.size(); ++i) {
            path.back() = i;
            const auto& entry = entries[i];
            if (menu.chosen && menu.chosen->path == path) chosen_ = boot_.entries.size();
            if (entry.is_submenu)
                flatten(menu, entry.children, path);
            else if (boot_.entries.size() < kMostEntries)
                boot_.entries.push_back(entry_of(entry, menu.asks_password));
        }
    }

    BootEntry entry_of(const MenuEntry& entry, bool asks_password) const {
        const auto& file = entry.file.empty() ? config_.path : entry.file;
        BootEntry out;
        out.title = shown(entry.title, 300);
        out.id = shown(entry.id, 300);
        out.where = at_line(file, entry.line);
        out.command_line = redacted_command_line(entry.command_line);
        out.command_line_where =
            at_line(file, entry.command_line_line == 0 ? entry.line : entry.command_line_line);
        if (!entry.kernel.empty()) out.kernel = paths_.find(entry.kernel);
        for (const auto& initrd : entry.initrds) out.initrds.push_back(paths_.find(initrd));
        out.hypervisor = entry.hypervisor;
        out.chainloads = entry.chainloads;
        out.needs_password = asks_password && !entry.unrestricted;
        return out;
    }

    const FileReader& files_;
    BootFacts& boot_;
    LoaderConfig config_;
    PathFinder paths_;
    std::uint64_t chosen_ = 0;
};

}  // namespace

void read_menu(const Host& host, BootFacts& boot) {
    const auto used = std::ranges::find(boot.configs, true, &LoaderConfig::is_used);
    if (used == boot.configs.end()) {
        const bool hidden = !boot.unread_folders.empty();
        boot.default_boot = hidden ? failure(Errc::access_denied,
                                             boot.unread_folders.front() + ": cannot be listed")
                                   : failure(Errc::not_found, "no GRUB configuration was found");
        return;
    }
    const auto text = host.files.read(GuestPath(used->path));
    if (text)
        MenuReader(host, boot, *used).read(*text);
    else
        boot.default_boot = std::unexpected(text.error());
}

}  // namespace guestprep
