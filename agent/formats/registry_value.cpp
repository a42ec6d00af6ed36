// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/registry_value.h"

#include <algorithm>
#include <charconv>

#include "agent/core/text.h"

namespace guestprep {
namespace {

constexpr char32_t kReplacement = 0xfffd;

void put_utf8(std::string& out, char32_t point) {
    const auto byte = [&](char32_t bits) { out += static_cast<char>(bits); };
    if (point < 0x80) {
        byte(point);
    } else if (point < 0x800) {
        byte(0xc0 | (point >> 6));
        byte(0x80 | (point & 0x3f));
    } else if (point < 0x10000) {
        byte(0xe0 | (point >> 12));
        byte(0x80 | ((point >> 6) & 0x3f));
        byte(0x80 | (point & 0x3f));
    } else {
        byte(0xf0 | (point >> 18));
        byte(0x80 | ((point >> 12) & 0x3f));
        byte(0x80 | ((point >> 6) & 0x3f));
        byte(0x80 | (point & 0x3f));
    }
}

void put_utf16(std::string& out, char32_t point) {
    const auto unit = [&](char32_t bits) {
        out += static_cast<char>(bits & 0xff);
        out += static_cast<char>((bits >> 8) & 0xff);
    };
    if (point >= 0x10000) {
        unit(0xd800 + ((point - 0x10000) >> 10));
        unit(0xdc00 + ((point - 0x10000) & 0x3ff));
    } else {
        unit(point);
    }
}

std::uint64_t unsigned_at(std::string_view bytes, std::size_t count, bool big_endian) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < count; ++i)
        number = number << 8 | static_cast<unsigned char>(bytes[big_endian ? i : count - 1 - i]);
    return number;
}

std::string_view up_to_zero(std::string_view utf8) { return utf8.substr(0, utf8.find('\0')); }

}  // namespace

std::string utf8_from_utf16(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size() / 2);
    const auto unit_at = [&](std::size_t at) {
        return static_cast<char32_t>(unsigned_at(bytes.substr(at, 2), 2, false));
    };
    std::size_t at = 0;
    for (; at + 2 <= bytes.size(); at += 2) {
        const auto unit = unit_at(at);
        const bool is_high = unit >= 0xd800 && unit < 0xdc00;
        const bool is_low = unit >= 0xdc00 && unit < 0xe000;
        if (is_high && at + 4 <= bytes.size()) {
            const auto low = unit_at(at + 2);
            if (low >= 0xdc00 && low < 0xe000) {
                put_utf8(out, 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00));
                at += 2;
                continue;
            }
        }
        put_utf8(out, is_high || is_low ? kReplacement : unit);
    }
    if (at < bytes.size()) put_utf8(out, kReplacement);
    return out;
}

std::string utf16_from_utf8(std::string_view text) {
    std::string out;
    out.reserve(text.size() * 2);
    for (std::size_t at = 0; at < text.size();) {
        const auto lead = static_cast<unsigned char>(text[at]);
        const std::size_t length = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
        char32_t point = length == 1 ? lead : lead & (0xffu >> (length + 1));
        bool is_whole =
            (lead < 0x80 || (lead >= 0xc2 && lead < 0xf5)) && at + length <= text.size();
        for (std::size_t i = 1; is_whole && i < length; ++i) {
            const auto next = static_cast<unsigned char>(text[at + i]);
            is_whole = (next & 0xc0) == 0x80;
            point = point << 6 | (next & 0x3fu);
        }
        constexpr char32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
        is_whole = is_whole && point >= kLeast[length] && point <= 0x10ffff &&
                   (point < 0xd800 || point >= 0xe000);
        put_utf16(out, is_whole ? point : kReplacement);
        at += is_whole ? length : 1;
    }
    return out;
}

Result<std::string> text_of(const RegistryValue& value) {
    if (value.type != RegistryType::text && value.type != RegistryType::expandable_text &&
        value.type != RegistryType::link)
        return failure(Errc::bad_syntax, "not a text: " + shown_value(value));
    return std::string(up_to_zero(utf8_from_utf16(value.bytes)));
}

Result<std::vector<std::string>> texts_of(const RegistryValue& value) {
    if (value.type == RegistryType::text || value.type == RegistryType::expandable_text) {
        auto one = text_of(value);
        return one->empty() ? std::vector<std::string>{} : std::vector{std::move(*one)};
    }
    if (value.type != RegistryType::texts)
        return failure(Errc::bad_syntax, "not a list of texts: " + shown_value(value));
    const auto all = utf8_from_utf16(value.bytes);
    std::vector<std::string> texts;
    for (std::string_view rest = all; !rest.empty();) {
        const auto one = up_to_zero(rest);
        // Windows reads on to the empty string that ends the list.
        if (one.empty()) break;
        texts.emplace_back(one);
        rest.remove_prefix(std::min(rest.size(), one.size() + 1));
    }
    return texts;
}

Result<std::uint64_t> number_of(const RegistryValue& value) {
    const bool is_big = value.type == RegistryType::dword_big_endian;
    if ((value.type == RegistryType::dword || is_big) && value.bytes.size() == 4)
        return unsigned_at(value.bytes, 4, is_big);
    if (value.type == RegistryType::qword && value.bytes.size() == 8)
        return unsigned_at(value.bytes, 8, false);
    return failure(Errc::bad_syntax, "not a number: " + shown_value(value));
}

Result<std::uint64_t> number_or_text_of(const RegistryValue& value) {
    const auto text = text_of(value);
    if (!text) return number_of(value);
    const auto digits = trimmed(*text);
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc() || end != digits.data() + digits.size())
        return failure(Errc::bad_syntax, "not a number: " + shown(*text, 80));
    return number;
}

RegistryValue registry_text(std::string_view text) {
    return {RegistryType::text, utf16_from_utf8(text) + std::string(2, '\0')};
}

RegistryValue registry_texts(const std::vector<std::string>& texts) {
    std::string bytes;
    for (const auto& text : texts) bytes += utf16_from_utf8(text) + std::string(2, '\0');
    return {RegistryType::texts, bytes + std::string(2, '\0')};
}

RegistryValue registry_dword(std::uint32_t number) {
    std::string bytes;
    for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(number >> shift & 0xff);
    return {RegistryType::dword, bytes};
}

std::string type_name(RegistryType type) {
    switch (type) {
        case RegistryType::none:
            return "REG_NONE";
        case RegistryType::text:
            return "REG_SZ";
        case RegistryType::expandable_text:
            return "REG_EXPAND_SZ";
        case RegistryType::binary:
            return "REG_BINARY";
        case RegistryType::dword:
            return "REG_DWORD";
        case RegistryType::dword_big_endian:
            return "REG_DWORD_BIG_ENDIAN";
        case RegistryType::link:
            return "REG_LINK";
        case RegistryType::texts:
            return "REG_MULTI_SZ";
        case RegistryType::qword:
            return "REG_QWORD";
    }
    return "type " + std::to_string(static_cast<std::uint32_t>(type));
}

std::string shown_value(const RegistryValue& value) {
    switch (value.type) {
        case RegistryType::text:
        case RegistryType::expandable_text:
            return shown(*text_of(value), 200);
        case RegistryType::texts: {
            std::string out;
            const auto texts = texts_of(value);
            for (const auto& text : *texts) out += (out.empty() ? "" : "; ") + text;
            return shown(out, 200);
        }
        default:
            break;
    }
    const bool has_length =
        (value.type == RegistryType::dword && value.bytes.size() == 4) ||
        (value.type == RegistryType::dword_big_endian && value.bytes.size() == 4) ||
        (value.type == RegistryType::qword && value.bytes.size() == 8);
    if (has_length) return std::to_string(*number_of(value));
    return std::to_string(value.bytes.size()) + " bytes of type " +
           std::to_string(static_cast<std::uint32_t>(value.type));
}

}  // namespace guestprep
