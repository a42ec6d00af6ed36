// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "agent/core/check.h"
#include "agent/core/fixer.h"
#include "agent/facts/facts.h"
#include "tests/support/memory_registry.h"

namespace guestprep {

/// A Windows Server 2019 (or another release) with every value that fixers look at, in order.
[[nodiscard]] MemoryRegistry sound_registry(const std::string& release = "2019");

/// What the collectors make of it.
[[nodiscard]] Facts registry_facts(const MemoryRegistry& registry);

/// The life of a fix, made by the engine itself: the check fails; the fixer's changes are applied;
/// the check comes to `expected`, and nothing is planned any more; undone, the registry holds the
/// same bytes. Returns the registry as it was with the fix, as text.
std::string registry_fix_loop(MemoryRegistry& registry, const Fixer& fixer, const Check& check,
                              Status expected = Status::pass);

/// Why the fixer plans nothing; empty where it has nothing to do.
[[nodiscard]] std::string registry_refusal(const MemoryRegistry& registry, const Fixer& fixer);

}  // namespace guestprep
