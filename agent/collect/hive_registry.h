// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "agent/formats/registry_hive.h"
#include "agent/host/file_system.h"
#include "agent/host/registry.h"

namespace guestprep {

/// The registry of a Windows that is not running: its hive files, with their logs. A hive is read
/// when it is first asked for. `files` outlives this.
class HiveRegistry final : public RegistryReader {
public:
    explicit HiveRegistry(const FileReader& files) : files_(files) {}

    Result<RegistryValue> value(std::string_view key, std::string_view name) const override;
    Result<std::vector<std::string>> subkeys(std::string_view key) const override;
    Result<std::vector<NamedRegistryValue>> values(std::string_view key) const override;
    std::string trouble(std::string_view key) const override;
    std::string note(std::string_view key) const override;

private:
    struct Loaded {
        RegistryHive hive;
        std::string unread_log;  ///< why a log that is there could not be read
    };
    struct Place {
        const RegistryHive* hive = nullptr;
        std::string key;  ///< inside the hive
        std::string name;
    };
    [[nodiscard]] Result<Place> place(std::string_view key) const;
    [[nodiscard]] Result<const Loaded*> hive(const std::string& name) const;
    [[nodiscard]] Result<Loaded> load(const std::string& name) const;
    [[nodiscard]] Result<std::string> control_set(const RegistryHive& system) const;

    const FileReader& files_;
    mutable std::map<std::string, Result<Loaded>> hives_;
};

}  // namespace guestprep
