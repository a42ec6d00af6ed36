// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/boot_loader_entry.h"

#include <algorithm>

#include "agent/core/text.h"

namespace guestprep {
namespace {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool separates(char c) { return !is_digit(c) && !is_letter(c) && c != '~'; }

void skip_separators(std::string_view& text) {
    while (!text.empty() && separates(text.front())) text.remove_prefix(1);
}

std::string_view take_run(std::string_view& text, bool digits) {
    std::size_t n = 0;
    while (n < text.size() && (digits ? is_digit(text[n]) : is_letter(text[n]))) ++n;
    auto run = text.substr(0, n);
    text.remove_prefix(n);
    if (digits) run.remove_prefix(std::min(run.find_first_not_of('0'), run.size()));
    return run;
}

}  // namespace

BootLoaderEntry BootLoaderEntry::parse(std::string_view name, std::string text) {
    BootLoaderEntry out;
    if (name.ends_with(".conf")) name.remove_suffix(5);
    out.id_ = name;
    std::size_t number = 0;
    for (const auto line : lines_of(text)) {
        ++number;
        const auto body = trimmed(line);
        if (body.empty() || body.starts_with('#')) continue;
        const auto key_end = std::min(body.find_first_of(" \t"), body.size());
        const auto value = trimmed(body.substr(key_end));
        // An empty value stands where the key ends.
        const char* const at = value.empty() ? body.data() + key_end : value.data();
        const auto begin = static_cast<std::size_t>(at - text.data());
        out.lines_.push_back({std::string(body.substr(0, key_end)), std::string(value), number,
                              begin, begin + value.size()});
    }
    out.text_ = std::move(text);
    return out;
}

const BootLoaderEntry::Line* BootLoaderEntry::find(std::string_view key) const {
    const auto found = std::ranges::find(lines_, key, &Line::key);
    return found == lines_.end() ? nullptr : &*found;
}

std::string BootLoaderEntry::value(std::string_view key) const {
    const auto* const found = find(key);
    return found == nullptr ? std::string() : found->value;
}

std::string BootLoaderEntry::all(std::string_view key) const {
    std::vector<std::string> values;
    for (const auto& line : lines_)
        if (line.key == key) values.push_back(line.value);
    return join(values, " ");
}

void BootLoaderEntry::set(std::string_view key, std::string_view value) {
    auto text = text_;
    if (const auto* const old = find(key)) {
        const bool bare = old->begin == old->end;
        text.replace(old->begin, old->end - old->begin, (bare ? " " : "") + std::string(value));
    } else {
        if (!text.empty() && !text.ends_with('\n')) text += '\n';
        text += std::string(key) + " " + std::string(value) + "\n";
    }
    *this = parse(id_, std::move(text));
}

std::strong_ordering compare_entry_ids(std::string_view a, std::string_view b) {
    for (;;) {
        skip_separators(a);
        skip_separators(b);
        const bool tilde_a = a.starts_with('~');
        const bool tilde_b = b.starts_with('~');
        if (tilde_a != tilde_b)
            return tilde_a ? std::strong_ordering::less : std::strong_ordering::greater;
        if (tilde_a) {
            a.remove_prefix(1);
            b.remove_prefix(1);
            continue;
        }
        if (a.empty() || b.empty()) return a.size() <=> b.size();
        const bool digits = is_digit(a.front());
        // A number is newer than letters in the same place.
        if (digits != is_digit(b.front()))
            return digits ? std::strong_ordering::greater : std::strong_ordering::less;
        const auto run_a = take_run(a, digits);
        const auto run_b = take_run(b, digits);
        if (digits && run_a.size() != run_b.size()) return run_a.size() <=> run_b.size();
        if (const int order = run_a.compare(run_b); order != 0) return order <=> 0;
    }
}

}  // namespace guestprep
