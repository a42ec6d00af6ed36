// SPDX-License-Identifier: Apache-2.0
#include "tests/support/hive_files.h"

#include <array>
#include <stdexcept>

#include "agent/formats/compressed_stream.h"

namespace guestprep {
namespace {

std::string unpacked(const std::string& text) {
    TextSource source(text);
    InputBuffer input(source);
    auto stream = open_decompressor(Compression::xz, input);
    if (!stream) throw std::runtime_error(stream.error().message);
    std::string out;
    std::array<std::byte, 65536> piece{};
    for (;;) {
        const auto n = (*stream)->read(piece);
        if (!n) throw std::runtime_error(n.error().message);
        if (*n == 0) return out;
        for (std::size_t i = 0; i < *n; ++i) out += static_cast<char>(piece[i]);
    }
}

constexpr char kBetween = '\x1f';  // names hold everything else

std::string joined(const std::string& key, const std::string& name) {
    return key.empty() ? name : key + "\\" + name;
}

void write_key(const RegistryHive& hive, const std::string& key, std::string& out,
               HiveCount& count) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    ++count.keys;
    if (const auto values = hive.values(key)) {
        for (const auto& [name, value] : *values) {
            ++count.values;
            out += key + kBetween + name + kBetween +
                   std::to_string(static_cast<std::uint32_t>(value.type)) + kBetween;
            for (const char c : value.bytes) {
                out += kDigits[static_cast<unsigned char>(c) >> 4];
                out += kDigits[static_cast<unsigned char>(c) & 0xf];
            }
            out += '\n';
        }
    } else {
        ++count.errors;
    }
    const auto keys = hive.subkeys(key);
    if (!keys) ++count.errors;
    // A key below itself would go on for ever.
    if (!keys || key.size() > 16384) return;
    for (const auto& name : *keys) write_key(hive, joined(key, name), out, count);
}

}  // namespace

std::string hive_bytes(const Fixture& fixture) {
    return fixture.name.ends_with(".xz") ? unpacked(fixture.text) : fixture.text;
}

HiveCount count_hive(const RegistryHive& hive) {
    HiveCount count;
    std::string text;
    write_key(hive, "", text, count);
    return count;
}

std::string hive_text(const RegistryHive& hive) {
    HiveCount count;
    std::string text;
    write_key(hive, "", text, count);
    return text;
}

}  // namespace guestprep
