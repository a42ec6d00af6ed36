// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "agent/host/registry.h"

namespace guestprep {

/// The registry of the running Windows, in its 64-bit view whatever this program is.
///
/// `CurrentControlSet` is what the next boot uses (Select\Default), which is the running one unless
/// somebody has asked for another.
class WindowsRegistry final : public RegistryReader {
public:
    Result<RegistryValue> value(std::string_view key, std::string_view name) const override;
    Result<std::vector<std::string>> subkeys(std::string_view key) const override;
    Result<std::vector<NamedRegistryValue>> values(std::string_view key) const override;
    std::string trouble(std::string_view key) const override;
};

class WindowsRegistryWriter final : public RegistryWriter {
public:
    Result<std::vector<std::string>> set(std::string_view key, std::string_view name,
                                         const RegistryValue& value) override;
    Result<void> remove_value(std::string_view key, std::string_view name) override;
    Result<void> remove_empty_key(std::string_view key) override;
};

}  // namespace guestprep
