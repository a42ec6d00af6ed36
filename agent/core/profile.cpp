// SPDX-License-Identifier: Apache-2.0
#include "agent/core/profile.h"

#include <algorithm>

namespace guestprep {

Severity Profile::severity_of(const Check& check, std::string_view variant, Route route,
                              Target target) const {
    auto severity = check.severity;
    const auto known = std::ranges::find(check.variants, variant, &Variant::name);
    if (known != check.variants.end()) severity = known->severity;

    const auto fits = [](const std::string& wanted, std::string_view is) {
        return wanted.empty() || wanted == is;
    };
    for (const auto& rule : severities)
        if (rule.check == check.id && fits(rule.variant, variant) &&
            fits(rule.route, enum_names(route)[static_cast<std::size_t>(route)]) &&
            fits(rule.target, enum_names(target)[static_cast<std::size_t>(target)]))
            severity = rule.severity;
    return severity;
}

}  // namespace guestprep
