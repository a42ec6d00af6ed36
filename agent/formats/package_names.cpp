// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/package_names.h"

#include <algorithm>

#include "agent/core/text.h"

namespace guestprep {
namespace {

constexpr std::size_t kLongestLine = 4096;  // no name, version or status comes near it
constexpr std::size_t kMostPackages = 200000;

std::string value_of(std::string_view line, std::string_view field) {
    if (line.size() <= field.size() || !equal_ignoring_case(line.substr(0, field.size()), field) ||
        line[field.size()] != ':')
        return {};
    return std::string(trimmed(line.substr(field.size() + 1)));
}

}  // namespace

void DpkgStatusReader::feed(std::string_view piece) {
    while (!piece.empty()) {
        const auto end = piece.find('\n');
        const auto part = piece.substr(0, end);
        skipping_ = skipping_ || rest_.size() + part.size() > kLongestLine;
        const bool is_whole = rest_.empty() && end != std::string_view::npos;
        if (!skipping_ && !is_whole) rest_ += part;
        if (end == std::string_view::npos) return;
        line(skipping_ ? "x" : is_whole ? part : std::string_view(rest_));
        rest_.clear();
        skipping_ = false;
        piece.remove_prefix(end + 1);
    }
}

void DpkgStatusReader::line(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) return end_of_package();
    // Most of the megabytes are descriptions, lists of files, and fields that nobody asks for.
    constexpr std::string_view kFirstLetters = "PVSpvs";
    if (first != 0 || !kFirstLetters.contains(text.front())) return;
    if (auto name = value_of(text, "Package"); !name.empty()) current_.name = std::move(name);
    if (auto version = value_of(text, "Version"); !version.empty())
        current_.version = std::move(version);
    if (auto status = value_of(text, "Status"); !status.empty())
        current_.status = std::move(status);
}

void DpkgStatusReader::end_of_package() {
    if (!current_.name.empty() && packages_.size() < kMostPackages)
        packages_.push_back(std::move(current_));
    current_ = {};
}

std::vector<DpkgStatusReader::Package> DpkgStatusReader::finish() {
    if (!rest_.empty() && !skipping_) line(rest_);
    end_of_package();
    return std::move(packages_);
}

std::vector<std::string> rpm_names(std::string_view output) {
    std::vector<std::string> names;
    for (const auto line : lines_of(output)) {
        const auto name = trimmed(line);
        // A broken database mixes complaints into the list.
        if (!name.empty() && name.find_first_of(" :\t") == std::string_view::npos)
            names.emplace_back(name);
    }
    std::ranges::sort(names);
    names.erase(std::ranges::unique(names).begin(), names.end());
    return names;
}

bool has_rpm_error(std::string_view output) {
    return std::ranges::any_of(lines_of(output), [](std::string_view line) {
        return line.starts_with("error:") || line.starts_with("rpmdb:");
    });
}

}  // namespace guestprep
