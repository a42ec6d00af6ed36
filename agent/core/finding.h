// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "agent/core/result.h"

namespace guestprep {

enum class Status : std::uint8_t { unknown, pass, fail, manual, not_applicable, waived, fixed };

/// One observation that supports a finding.
struct Evidence {
    std::string where;     ///< "/etc/fstab:3", a registry key, a device
    std::string found;     ///< what stands there now, without secrets
    std::string expected;  ///< what would be right; may be empty

    bool operator==(const Evidence&) const = default;
};

/// The next action, where it depends on what was found; else the check's own text serves.
struct Remedy {
    std::string text;
    std::vector<std::vector<std::string>> commands;  ///< argument lists, never shell lines
};

/// The outcome of one check. A finding nobody filled in is `unknown`, never `pass`.
struct Finding {
    Status status = Status::unknown;
    std::string summary;  ///< one sentence, with the value seen
    std::vector<Evidence> evidence;
    /// Which case of the requirement this is, where the cases weigh differently (a full /boot
    /// stops the boot, a full /home does not). Empty or one of the check's `variants`.
    std::string variant;
    Remedy remedy;

    [[nodiscard]] Finding as(std::string variant_name) && {
        variant = std::move(variant_name);
        return std::move(*this);
    }
    [[nodiscard]] Finding with(std::vector<Evidence> seen) && {
        evidence = std::move(seen);
        return std::move(*this);
    }
    [[nodiscard]] Finding advising(std::string text,
                                   std::vector<std::vector<std::string>> commands = {}) && {
        remedy = {std::move(text), std::move(commands)};
        return std::move(*this);
    }
};

[[nodiscard]] inline Finding pass(std::string summary) {
    return {Status::pass, std::move(summary), {}, {}, {}};
}
[[nodiscard]] inline Finding not_applicable(std::string why) {
    return {Status::not_applicable, std::move(why), {}, {}, {}};
}
[[nodiscard]] inline Finding unknown(std::string why) {
    return {Status::unknown, std::move(why), {}, {}, {}};
}
[[nodiscard]] inline Finding unknown(const Error& why) { return unknown(why.message); }
[[nodiscard]] inline Finding manual(std::string what_to_do) {
    return {Status::manual, std::move(what_to_do), {}, {}, {}};
}
[[nodiscard]] inline Finding fail(std::string summary, std::vector<Evidence> evidence) {
    return {Status::fail, std::move(summary), std::move(evidence), {}, {}};
}

}  // namespace guestprep
