// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/registry_name.h"

#include "agent/formats/registry_value.h"

namespace guestprep {
namespace {

/// Capitals and small letters alternate, the capital at the even or the odd number.
unsigned upper_of_pair(unsigned unit, bool capital_is_even) {
    const bool is_even = unit % 2 == 0;
    return is_even == capital_is_even ? unit : unit - 1;
}

bool within(unsigned unit, unsigned first, unsigned last) { return unit >= first && unit <= last; }

/// Simple upper case, as the Unicode database has it for these blocks.
unsigned upper(unsigned unit) {
    if (unit < 0x80) return within(unit, 'a', 'z') ? unit - 0x20 : unit;
    if (within(unit, 0xe0, 0xfe)) return unit == 0xf7 ? unit : unit - 0x20;
    if (unit == 0xff) return 0x178;
    if (within(unit, 0x100, 0x12f) || within(unit, 0x132, 0x137) || within(unit, 0x14a, 0x177))
        return upper_of_pair(unit, true);
    if (within(unit, 0x139, 0x148) || within(unit, 0x179, 0x17e)) return upper_of_pair(unit, false);
    if (unit == 0x3ac) return 0x386;
    if (within(unit, 0x3ad, 0x3af)) return unit - 37;
    if (within(unit, 0x3b1, 0x3cb)) return unit == 0x3c2 ? unit : unit - 0x20;
    if (unit == 0x3cc) return 0x38c;
    if (within(unit, 0x3cd, 0x3ce)) return unit - 63;
    if (within(unit, 0x430, 0x44f)) return unit - 0x20;
    if (within(unit, 0x450, 0x45f)) return unit - 0x50;
    if (within(unit, 0x460, 0x481)) return upper_of_pair(unit, true);
    return unit;
}

}  // namespace

std::string folded_name(std::string_view name) {
    bool is_ascii = true;
    std::string folded(name);
    for (auto& c : folded) {
        is_ascii = is_ascii && static_cast<unsigned char>(c) < 0x80;
        c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 0x20 : c);
    }
    if (is_ascii) return folded;
    auto units = utf16_from_utf8(name);
    for (std::size_t at = 0; at + 1 < units.size(); at += 2) {
        const auto low = static_cast<unsigned char>(units[at]);
        const auto high = static_cast<unsigned char>(units[at + 1]);
        const auto folded_unit = upper(static_cast<unsigned>(low | high << 8));
        units[at] = static_cast<char>(folded_unit & 0xff);
        units[at + 1] = static_cast<char>(folded_unit >> 8);
    }
    return utf8_from_utf16(units);
}

}  // namespace guestprep
