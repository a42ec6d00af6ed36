// SPDX-License-Identifier: Apache-2.0
#include "agent/collect/hive_registry.h"

#include <array>
#include <optional>

#include "agent/collect/windows_paths.h"
#include "agent/core/text.h"
#include "agent/formats/registry_value.h"

namespace guestprep {
namespace {

struct Root {
    std::string_view key, hive;
};
constexpr std::array kRoots = {
    Root{R"(HKLM\SYSTEM)", "SYSTEM"},   Root{R"(HKLM\SOFTWARE)", "SOFTWARE"},
    Root{R"(HKLM\SAM)", "SAM"},         Root{R"(HKLM\SECURITY)", "SECURITY"},
    Root{R"(HKU\.DEFAULT)", "DEFAULT"}, Root{R"(HKLM\BCD00000000)", "BCD"},
};
constexpr std::string_view kCurrent = "CurrentControlSet";

/// The boot store lies on the system partition, which may be mounted at the root or be elsewhere.
Result<GuestPath> find_boot_store(const FileReader& files) {
    auto found = find_windows_path(files, R"(Boot\BCD)");
    for (const auto* path : {R"(EFI\Microsoft\Boot\BCD)", R"(boot\efi\EFI\Microsoft\Boot\BCD)"})
        if (!found) {
            auto other = find_windows_path(files, path);
            if (other) found = std::move(other);
        }
    return found;
}

/// A key below a root: what follows the root, or nothing where it is not below it.
std::optional<std::string_view> remainder(std::string_view key, std::string_view root) {
    if (!equal_ignoring_case(key.substr(0, root.size()), root)) return std::nullopt;
    key.remove_prefix(root.size());
    if (key.empty()) return key;
    if (key.front() != '\\') return std::nullopt;
    return key.substr(1);
}

std::string trouble_of(const RegistryHive& hive, const std::string& unread_log) {
    const auto& info = hive.info();
    auto troubles = info.damages;
    if (info.is_dirty && !unread_log.empty()) troubles.push_back(unread_log);
    if (auto damage = hive.list_damage(); !damage.empty()) troubles.push_back(std::move(damage));
    return join(troubles, "; ");
}

}  // namespace

Result<HiveRegistry::Loaded> HiveRegistry::load(const std::string& name) const {
    const auto missing = [&](const Error& why) {
        const auto code = why.code == Errc::access_denied ? why.code : Errc::not_collected;
        return failure(code, "the hive " + name + " cannot be read: " + why.message);
    };
    auto path = name == "BCD" ? find_boot_store(files_) : find_hive_folder(files_);
    if (path && name != "BCD") path = find_name(files_, *path, name);
    if (!path) return missing(path.error());
    auto bytes = files_.read(*path, kHiveLimit);
    if (!bytes) return missing(bytes.error());
    std::vector<std::string> logs;
    std::string unread;
    const auto folder = path->parent();
    for (const auto* ending : {".LOG", ".LOG1", ".LOG2"}) {
        const auto log = find_name(files_, folder, std::string(path->name()) + ending);
        if (!log) continue;
        auto text = files_.read(*log, kHiveLimit);
        if (text)
            logs.push_back(std::move(*text));
        else
            unread = text.error().message;
    }
    auto hive = RegistryHive::parse(std::move(*bytes), logs);
    if (!hive) return std::unexpected(Error(hive.error()).within(path->str()));
    return Loaded{std::move(*hive), std::move(unread)};
}

Result<const HiveRegistry::Loaded*> HiveRegistry::hive(const std::string& name) const {
    auto found = hives_.find(name);
    if (found == hives_.end()) found = hives_.emplace(name, load(name)).first;
    if (!found->second) return std::unexpected(found->second.error());
    return &*found->second;
}

/// The one of the next start; older hives of a damaged Select may name the last one alone. Errors:
/// bad_syntax. Without a control set nothing in it is known, not even that it is
/// not there.
Result<std::string> HiveRegistry::control_set(const RegistryHive& system) const {
    const auto unknown = [](const std::string& why) {
        return failure(Errc::bad_syntax, "the control set of the next start is not known: " + why);
    };
    auto value = system.value("Select", "Default");
    if (!value && value.error().code == Errc::not_found) value = system.value("Select", "Current");
    if (!value) return unknown(value.error().message);
    const auto number = number_of(*value);
    if (!number) return unknown("Select: " + number.error().message);
    const auto digits = std::to_string(*number);
    auto name = "ControlSet" + std::string(digits.size() < 3 ? 3 - digits.size() : 0, '0') + digits;
    const auto keys = system.subkeys(name);
    if (!keys && keys.error().code == Errc::not_found)
        return unknown("Select names " + name + ", which is not there");
    return name;
}

Result<HiveRegistry::Place> HiveRegistry::place(std::string_view key) const {
    for (const auto& root : kRoots) {
        const auto rest = remainder(key, root.key);
        if (!rest) continue;
        const auto found = hive(std::string(root.hive));
        if (!found) return std::unexpected(found.error());
        const auto& hive_here = (*found)->hive;
        Place place{&hive_here, std::string(*rest), std::string(root.hive)};
        if (root.hive != "SYSTEM") return place;
        if (const auto below = remainder(*rest, kCurrent)) {
            const auto set = control_set(hive_here);
            if (!set) return std::unexpected(Error(set.error()).within("SYSTEM"));
            place.key = below->empty() ? *set : *set + "\\" + std::string(*below);
        }
        return place;
    }
    return failure(Errc::unsupported, std::string(key) + ": in none of the hives that are read");
}

Result<RegistryValue> HiveRegistry::value(std::string_view key, std::string_view name) const {
    const auto at = place(key);
    if (!at) return std::unexpected(at.error());
    auto value = at->hive->value(at->key, name);
    if (!value) return std::unexpected(Error(value.error()).within(at->name));
    return value;
}

Result<std::vector<std::string>> HiveRegistry::subkeys(std::string_view key) const {
    const auto at = place(key);
    if (!at) return std::unexpected(at.error());
    auto names = at->hive->subkeys(at->key);
    if (!names) return std::unexpected(Error(names.error()).within(at->name));
    return names;
}

Result<std::vector<NamedRegistryValue>> HiveRegistry::values(std::string_view key) const {
    const auto at = place(key);
    if (!at) return std::unexpected(at.error());
    auto values = at->hive->values(at->key);
    if (!values) return std::unexpected(Error(values.error()).within(at->name));
    return values;
}

std::string HiveRegistry::trouble(std::string_view key) const {
    for (const auto& root : kRoots) {
        if (!remainder(key, root.key)) continue;
        const auto found = hive(std::string(root.hive));
        if (!found)
            return found.error().code == Errc::bad_syntax ? found.error().message : std::string();
        const auto text = trouble_of((*found)->hive, (*found)->unread_log);
        return text.empty() ? text : std::string(root.hive) + ": " + text;
    }
    return {};
}

std::string HiveRegistry::note(std::string_view key) const {
    for (const auto& root : kRoots) {
        if (!remainder(key, root.key)) continue;
        const auto found = hive(std::string(root.hive));
        if (found && (*found)->hive.info().log_entries_applied != 0)
            return std::string(root.hive) +
                   ": it was not closed cleanly, and its logs were applied";
    }
    return {};
}

}  // namespace guestprep
