// SPDX-License-Identifier: Apache-2.0
#include "agent/core/system_rules.h"

#include <algorithm>

#include "agent/core/text.h"

namespace guestprep {
namespace {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::vector<std::uint64_t> numbers_of(std::string_view version) {
    std::vector<std::uint64_t> out;
    for (const auto part : split(version, '.')) {
        const auto number = to_number(part);
        if (!number) break;
        out.push_back(*number);
    }
    return out;
}

/// <0, 0, >0 at the precision of `bound`: release 7.9 is no later than "7". Nothing where the
/// version gives the major number alone and the bound more, and the major ones are equal.
std::optional<int> compare(const std::vector<std::uint64_t>& version, std::string_view bound) {
    const auto wanted = numbers_of(bound);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (i == 1 && version.size() == 1) return std::nullopt;
        const auto here = i < version.size() ? version[i] : 0;
        if (here != wanted[i]) return here < wanted[i] ? -1 : 1;
    }
    return 0;
}

enum class Within { no, yes, undecided };

Within within(const SystemRule& rule, const std::vector<std::uint64_t>& version) {
    const auto low = compare(version, rule.first);
    const auto high = rule.last.empty() ? std::optional(-1) : compare(version, rule.last);
    if ((low && *low < 0) || (high && *high > 0)) return Within::no;
    return low && high ? Within::yes : Within::undecided;
}

std::string range_of(const SystemRule& rule) {
    auto text = rule.first;
    if (rule.last != rule.first) text += rule.last.empty() ? " and later" : "-" + rule.last;
    return rule.edition.empty() ? text : text + " (" + rule.edition + ")";
}

bool matches(std::string_view listed, std::string_view kernel) {
    if (!kernel.starts_with(listed)) return false;
    if (kernel.size() == listed.size()) return true;
    const auto rest = kernel.substr(listed.size());
    // Behind a whole version a flavour or a distribution's mark may stand: "3.0.101-63-default",
    // "2.6.32-71.29.1.el6". "2.6.32-710" is another one.
    if (contains(listed, "-")) return !is_digit(rest[0]);
    return rest[0] == '.' || rest[0] == '-';
}

}  // namespace

SystemMatch match_system(std::span<const SystemRule> rules, std::string_view distribution,
                         std::string_view version, std::string_view edition) {
    SystemMatch out;
    const auto numbers = numbers_of(version);
    std::vector<std::string> listed;
    for (const auto& rule : rules) {
        if (rule.distribution != distribution) continue;
        out.distribution_known = true;
        listed.push_back(range_of(rule));
        if (numbers.empty()) continue;
        const auto majors = numbers_of(rule.first);
        if (!majors.empty() && majors[0] == numbers[0]) out.same_major = &rule;
        if (!rule.edition.empty() && rule.edition != edition) continue;
        const auto here = within(rule, numbers);
        if (here == Within::yes && out.rule == nullptr) out.rule = &rule;
        out.undecided = out.undecided || here == Within::undecided;
    }
    out.undecided = out.undecided && out.rule == nullptr;
    out.listed = join(listed, ", ");
    return out;
}

std::string_view kernel_base_version(std::string_view kernel) {
    return kernel.substr(0, std::min(kernel.find_first_not_of("0123456789."), kernel.size()));
}

bool is_uek(std::string_view kernel) { return contains(kernel, "uek"); }

bool kernel_is_listed(std::span<const std::string> listed, std::string_view kernel) {
    constexpr std::string_view kUek = "uek:";
    return std::ranges::any_of(listed, [&](std::string_view one) {
        const bool wants_uek = one.starts_with(kUek);
        if (wants_uek) one.remove_prefix(kUek.size());
        return wants_uek == is_uek(kernel) && matches(one, kernel);
    });
}

}  // namespace guestprep
