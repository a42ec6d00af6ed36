// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "agent/core/text.h"
#include "agent/formats/grub_cfg.h"

namespace guestprep {
namespace {

/// The part of a setting up to the first '>' that is not doubled, and what is behind it. In titles
/// a '>' is written ">>".
struct Step {
    std::string here;
    std::string_view below;
};

Step first_step(std::string_view setting) {
    Step out;
    for (std::size_t i = 0; i < setting.size(); ++i) {
        if (setting[i] == '>') {
            if (i + 1 >= setting.size() || setting[i + 1] != '>') {
                out.below = setting.substr(i + 1);
                return out;
            }
            ++i;
        }
        out.here += setting[i];
    }
    return out;
}

/// GRUB reads decimal, 0x and 0 numbers; a title may begin with a digit and is none.
std::optional<std::uint64_t> as_index(std::string_view text) {
    const auto word = trimmed(text);
    if (word.starts_with("0x")) return to_number(word.substr(2), 16);
    if (word.size() > 1 && word.starts_with('0')) return to_number(word.substr(1), 8);
    return to_number(word);
}

}  // namespace

Result<DefaultEntry> grub_default(const std::vector<MenuEntry>& menu, std::string_view setting) {
    if (menu.empty()) return failure(Errc::not_found, "the menu has no entry");
    const auto step = first_step(setting);
    const auto index = as_index(step.here);
    DefaultEntry out;
    std::size_t chosen = 0;
    if (index && *index < menu.size()) {
        chosen = static_cast<std::size_t>(*index);
        out.why = "entry number " + std::to_string(chosen);
    } else {
        const auto named = std::ranges::find_if(menu, [&](const MenuEntry& entry) {
            return !step.here.empty() && (entry.id == step.here || entry.title == step.here);
        });
        out.fell_back = named == menu.end();
        chosen = out.fell_back ? 0 : static_cast<std::size_t>(named - menu.begin());
        out.why = !out.fell_back ? "named \"" + shown(step.here) + '"'
                  : step.here.empty()
                      ? std::string("no default is set, so the first entry")
                      : "no entry is \"" + shown(step.here) + "\", so the first one";
    }
    const bool by_place = index || out.fell_back;
    const auto doubtful = [](const MenuEntry& entry) { return !entry.certain; };
    const auto end = menu.begin() + static_cast<std::ptrdiff_t>(by_place ? chosen + 1 : 0);
    if (std::any_of(menu.begin(), end, doubtful))
        return failure(Errc::unsupported,
                       "which entry is number " + std::to_string(chosen) +
                           " depends on conditions that only the running loader can decide");
    out.path.push_back(chosen);
    if (!menu[chosen].is_submenu) return out;
    auto below = grub_default(menu[chosen].children, step.below);
    if (!below) return below;
    out.path.insert(out.path.end(), below->path.begin(), below->path.end());
    out.why += ", in it " + below->why;
    out.fell_back = out.fell_back || (below->fell_back && !step.below.empty());
    return out;
}

}  // namespace guestprep
