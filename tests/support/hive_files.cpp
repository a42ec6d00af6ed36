// SPDX-License-Identifier: Apache-2.0
#include "tests/support/hive_files.h"

#include <array>
#include <functional>
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

using Visit = std::function<void(const std::string& key, const NamedRegistryValue& value)>;

void walk_key(const RegistryHive& hive, const std::string& key, std::size_t most_keys,
              const Visit& visit, HiveCount& count) {
    if (count.keys >= most_keys) return;
    ++count.keys;
    if (const auto values = hive.values(key)) {
        count.values += values->size();
        for (const auto& value : *values) visit(key, value);
    } else {
        ++count.errors;
    }
    const auto keys = hive.subkeys(key);
    if (!keys) {
        ++count.errors;
        return;
    }
    for (const auto& name : *keys) walk_key(hive, joined(key, name), most_keys, visit, count);
}

std::string line(const std::string& key, const NamedRegistryValue& named) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    auto out = key + kBetween + named.name + kBetween +
               std::to_string(static_cast<std::uint32_t>(named.value.type)) + kBetween;
    for (const char c : named.value.bytes) {
        out += kDigits[static_cast<unsigned char>(c) >> 4];
        out += kDigits[static_cast<unsigned char>(c) & 0xf];
    }
    return out + '\n';
}

}  // namespace

std::string hive_bytes(const Fixture& fixture) {
    return fixture.name.ends_with(".xz") ? unpacked(fixture.text) : fixture.text;
}

HiveCount count_hive(const RegistryHive& hive, std::size_t most_keys) {
    HiveCount count;
    walk_key(hive, "", most_keys, [](const auto&, const auto&) {}, count);
    return count;
}

std::string hive_text(const RegistryHive& hive) {
    HiveCount count;
    std::string text;
    const auto add = [&](const std::string& key, const NamedRegistryValue& value) {
        text += line(key, value);
    };
    walk_key(hive, "", 1'000'000, add, count);
    return text;
}

}  // namespace guestprep
