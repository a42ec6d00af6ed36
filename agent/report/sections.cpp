// SPDX-License-Identifier: Apache-2.0
#include "agent/report/sections.h"

#include <fmt/format.h>

#include <algorithm>

#include "agent/core/text.h"

namespace guestprep {
namespace {

std::string in_capitals(std::string text) {
    for (char& c : text)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return text;
}

std::string size_of(std::uint64_t bytes) {
    return fmt::format("{:.1f} GiB", static_cast<double>(bytes) / (1ULL << 30U));
}

}  // namespace

std::string chain_text(const ReportReachability& reachability) {
    std::vector<std::string> links;
    if (!reachability.account.empty()) links.push_back(reachability.account);
    for (const auto& step : reachability.steps) {
        const auto because = step.detail.empty() ? std::string() : ": " + step.detail;
        if (step.holds == Answer::yes) {
            links.push_back(step.name + " ok");
            continue;
        }
        const bool ends = step.holds == Answer::no && step.name != "sudo";
        if (step.name == "sudo")
            links.push_back(step.holds == Answer::no ? "no sudo" : "sudo not determined");
        else
            links.push_back(ends ? in_capitals(step.name) + because
                                 : step.name + " not determined" + because);
        if (ends) break;
    }
    const auto answer = reachability.answer == Answer::unknown ? std::string_view("not determined")
                                                               : name_of(reachability.answer);
    return std::string(answer) + ": " + join(links, " -> ");
}

std::vector<std::string> inventory_lines(const ReportInventory& inventory) {
    std::vector<std::string> out;
    for (const auto& nic : inventory.network) {
        auto line = "network  " + nic.name + (nic.mac.empty() ? "" : " (" + nic.mac + ")");
        line += nic.addresses.empty() ? ": by DHCP" : ": " + join(nic.addresses, ", ");
        if (!nic.gateways.empty()) line += ", gateway " + join(nic.gateways, ", ");
        if (!nic.dns.empty()) line += ", DNS " + join(nic.dns, ", ");
        out.push_back(line + "   " + nic.configured_by);
    }
    for (const auto& disk : inventory.disks)
        out.push_back("disk     " + disk.name + ", " + size_of(disk.bytes) +
                      (disk.boots ? ", boots" : "") +
                      (disk.mounted.empty() ? ": nothing on it is mounted"
                                            : ": " + join(disk.mounted, ", ")));
    for (const auto& service : inventory.services) out.push_back("service  " + service);
    return out;
}

}  // namespace guestprep
