// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "agent/collect/windows_parts.h"
#include "agent/core/text.h"
#include "agent/facts/windows_keys.h"
#include "agent/formats/registry_value.h"

namespace guestprep {
namespace {

// Numbers of the boot configuration store, as Microsoft's BCD reference has them.
constexpr std::uint64_t kLoaderType = 0x10200003;
constexpr std::string_view kManager = "{9dea862c-5cdd-4e70-acc1-f32b344d4795}";
constexpr std::string_view kEmsSettings = "{0ce4991b-e6b3-4b16-b23c-5e0d9250e5d9}";
constexpr const char *kDefault = "23000003", *kOrder = "24000001", *kSequence = "24000002";
constexpr const char *kPath = "12000002", *kDescription = "12000004", *kWinPe = "26000022";
constexpr const char *kSafeBoot = "25000080", *kHypervisor = "250000f0", *kLoaderEms = "260000b0";
constexpr const char *kDebugger = "260000a0", *kBootDebugger = "16000010", *kEms = "16000020";

/// What is not set is known not to be; what cannot be read makes the store unknown as a whole,
/// since it might be the one thing that matters.
class StoreReader {
public:
    explicit StoreReader(const RegistryView& registry) : registry_(registry) {}

    Fact<BootStore> read() {
        const auto ids = registry_.subkeys(keys::kBootStore);
        if (!ids) return std::unexpected(ids.error());
        BootStore store;
        store.where = keys::kBootStore;
        store.default_loader = text(kManager, kDefault);
        store.display_order = texts(kManager, kOrder);
        store.one_time_sequence = texts(kManager, kSequence);
        store.has_ems = number(kEmsSettings, kEms) == 1U;
        store.ems_where = below(keys::kBootStore, kEmsSettings);
        const bool waits_early = number(kManager, kBootDebugger) == 1U;
        for (const auto& id : *ids)
            if (type_of(id) == kLoaderType) {
                store.loaders.push_back(loader(id));
                store.loaders.back().has_debugger |= waits_early;
            }
        if (missed_) return std::unexpected(std::move(*missed_));
        return store;
    }

private:
    BootLoaderObject loader(const std::string& id) {
        BootLoaderObject loader;
        loader.id = id;
        loader.where = below(keys::kBootStore, id);
        loader.description = text(id, kDescription);
        loader.path = text(id, kPath);
        loader.is_recovery = number(id, kWinPe) == 1U;
        loader.safe_boot = number(id, kSafeBoot);
        loader.hypervisor_launch = number(id, kHypervisor);
        loader.has_ems = number(id, kLoaderEms) == 1U;
        // Both are read, for the fixer that switches them off.
        const bool debugs = number(id, kDebugger) == 1U;
        const bool debugs_boot = number(id, kBootDebugger) == 1U;
        loader.has_debugger = debugs || debugs_boot;
        return loader;
    }
    static std::string element(std::string_view id, std::string_view name) {
        return below(below(below(keys::kBootStore, id), "Elements"), name);
    }
    /// The value; nothing where it is not set, or could not be read, which is remembered.
    template <class T>
    std::optional<T> taken(Fact<T> fact) {
        if (fact) return std::move(*fact);
        if (!fact.is_absent() && !missed_) missed_ = fact.error();
        return std::nullopt;
    }
    std::optional<std::uint64_t> type_of(std::string_view id) {
        return taken(registry_.number(below(below(keys::kBootStore, id), "Description"), "Type"));
    }
    std::string text(std::string_view id, const char* name) {
        return taken(registry_.text(element(id, name), "Element")).value_or("");
    }
    std::vector<std::string> texts(std::string_view id, const char* name) {
        return taken(registry_.texts(element(id, name), "Element"))
            .value_or(std::vector<std::string>{});
    }
    /// Integers are eight bytes of binary, booleans one.
    std::optional<std::uint64_t> number(std::string_view id, const char* name) {
        const auto value = taken(registry_.value(element(id, name), "Element"));
        if (!value) return std::nullopt;
        if (value->type != RegistryType::binary || value->bytes.empty() ||
            value->bytes.size() > 8) {
            if (!missed_)
                missed_ = Error{Errc::bad_syntax,
                                element(id, name) + ": not a number: " + shown_value(*value)};
            return std::nullopt;
        }
        std::uint64_t number = 0;
        for (std::size_t i = value->bytes.size(); i-- > 0;)
            number = number << 8 | static_cast<unsigned char>(value->bytes[i]);
        return number;
    }
    const RegistryView& registry_;
    std::optional<Error> missed_;
};

/// A basic volume on an MBR disk is kept as signature and offset, one on a GPT disk by its GUID.
std::string style_of(const RegistryValue& value) {
    if (value.bytes.size() == 12) return "MBR";
    return value.bytes.starts_with("DMIO:ID:") && value.bytes.size() == 24 ? "GPT" : "";
}

void collect_letters(const RegistryView& registry, WindowsBootFacts& facts) {
    const auto values = registry.values(keys::kMountedDevices);
    if (!values) {
        facts.partition_style = std::unexpected(values.error());
        facts.mounted_letters = std::unexpected(values.error());
        return;
    }
    facts.mounted_letters = std::vector<std::string>{};
    facts.partition_style = failure(Errc::not_found, R"(\DosDevices\C: is not among the volumes)");
    constexpr std::string_view kPrefix = R"(\DosDevices\)";
    for (const auto& value : *values) {
        if (!equal_ignoring_case(value.name.substr(0, kPrefix.size()), kPrefix)) continue;
        auto letter = value.name.substr(kPrefix.size());
        if (letter == "c:") letter = "C:";
        auto style = style_of(value.value);
        if (style.empty()) continue;
        if (letter == "C:") facts.partition_style = std::move(style);
        facts.mounted_letters->push_back(letter);
    }
    std::ranges::sort(*facts.mounted_letters);
}

/// Keys of disks that the iSCSI initiator logs on to at every start.
Fact<std::vector<std::string>> iscsi_targets_of(const RegistryView& registry) {
    const auto adapters = below(keys::kClass, "{4D36E97B-E325-11CE-BFC1-08002BE10318}");
    const auto names = registry.subkeys(adapters);
    if (names.is_absent()) return std::vector<std::string>{};
    if (!names) return std::unexpected(names.error());
    std::vector<std::string> targets;
    for (const auto& name : *names) {
        const auto key = below(below(adapters, name), "PersistentTargets");
        const auto found = registry.subkeys(key);
        // "Properties" of every class is closed to all but the system.
        if (!found && !found.is_absent() && found.error().code != Errc::access_denied)
            return std::unexpected(found.error());
        if (found)
            for (const auto& target : *found) targets.push_back(below(key, target));
    }
    return targets;
}

void collect_profiles(const RegistryView& registry, WindowsBootFacts& facts) {
    facts.profiles_directory = registry.text(keys::kProfileList, "ProfilesDirectory");
    const auto names = registry.subkeys(keys::kProfileList);
    if (!names) {
        facts.profile_folders = std::unexpected(names.error());
        facts.broken_profiles = std::unexpected(names.error());
        return;
    }
    facts.profile_folders = std::vector<std::string>{};
    facts.broken_profiles = std::vector<std::string>{};
    for (const auto& name : *names) {
        if (lowercase(name).ends_with(".bak")) facts.broken_profiles->push_back(name);
        auto folder = registry.text_or_empty(below(keys::kProfileList, name), "ProfileImagePath");
        if (!folder.empty()) facts.profile_folders->push_back(std::move(folder));
    }
}

}  // namespace

void collect_windows_boot(const RegistryView& registry, WindowsBootFacts& facts) {
    using namespace keys;
    facts.store = StoreReader(registry).read();
    facts.paging_files = registry.texts(kMemory, "PagingFiles");
    facts.boot_execute = registry.texts(kSessionManager, "BootExecute");
    facts.fast_startup = registry.number(kSessionPower, "HiberbootEnabled");
    facts.hibernation = registry.number(kPower, "HibernateEnabled");
    facts.no_automount = registry.number(kMountManager, "NoAutoMount");
    facts.san_policy = registry.number(kPartitionManager, "SanPolicy");
    facts.bitlocker = registry.number(below(kControl, "BitLockerStatus"), "BootStatus");
    facts.system_partition = registry.text(kSetup, "SystemPartition");
    facts.ide_entries = registry.subkeys(below(kControl, "CriticalDeviceDatabase"));
    facts.iscsi_targets = iscsi_targets_of(registry);
    collect_letters(registry, facts);
    collect_profiles(registry, facts);
}

}  // namespace guestprep
