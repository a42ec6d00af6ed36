// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "agent/apply/apply.h"
#include "agent/core/check.h"
#include "agent/core/fixer.h"
#include "agent/facts/facts.h"
#include "platform/linux/rooted_files.h"
#include "platform/linux/rooted_writer.h"
#include "tests/support/memory_registry.h"
#include "tests/support/temp_directory.h"

namespace guestprep {

inline constexpr const char* kTestLoader = "{11111111-2222-3333-4444-555555555555}";

/// Does to a registry in memory what bcdedit does to the boot configuration store.
class FakeBcdedit final : public CommandRunner {
public:
    explicit FakeBcdedit(MemoryRegistry& registry) : registry_(registry) {}
    Result<CommandOutput> run(const Command& command) const override;
    mutable std::vector<std::string> ran;

private:
    MemoryRegistry& registry_;
};

/// A Windows with its boot configuration, as a registry and a folder.
struct BootGuest {
    /// "2003" has boot.ini, with that text; others a store with one loader.
    explicit BootGuest(const std::string& release, const std::string& boot_ini = {});

    MemoryRegistry registry;
    TempDirectory root;
    std::unique_ptr<RootedFiles> files;
    std::unique_ptr<RootedWriter> writer;
    FakeBcdedit bcdedit;

    BootGuest& element(std::string_view id, std::string_view number, std::string bytes);
    [[nodiscard]] Facts facts() const;
    [[nodiscard]] std::string as_text() const;
};

/// The check fails; the fixer's changes are applied; the check passes, and nothing is planned any
/// more; undone, everything is as before. Returns what it was with the fix.
std::string boot_fix_loop(BootGuest& guest, const Fixer& fixer, const Check& check);

}  // namespace guestprep
