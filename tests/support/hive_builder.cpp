// SPDX-License-Identifier: Apache-2.0
#include "tests/support/hive_builder.h"

#include <map>

#include "agent/core/text.h"

namespace guestprep {

void put_u16(std::string& bytes, std::uint32_t number) {
    for (int shift = 0; shift < 16; shift += 8) bytes += static_cast<char>(number >> shift & 0xff);
}

void put_u32(std::string& bytes, std::uint32_t number) {
    for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(number >> shift & 0xff);
}

namespace {

void overwrite(std::string& bytes, std::size_t at, std::uint32_t number) {
    std::string four;
    put_u32(four, number);
    bytes.replace(at, 4, four);
}

std::uint32_t number_at(std::string_view bytes, std::size_t at) {
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i)
        number |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
    return number;
}

/// Marvin32 with the seed of transaction logs, as 8 bytes.
std::string marvin(std::string bytes) {
    std::uint32_t a = 0x7a4e55c5, b = 0x82ef4d88;
    // The end of the text is marked, and a last word of zeros finishes it.
    bytes += '\x80';
    while (bytes.size() % 4 != 0) bytes += '\0';
    bytes += std::string(4, '\0');
    for (std::size_t at = 0; at < bytes.size(); at += 4) {
        a += number_at(bytes, at);
        b ^= a;
        a = (a << 20 | a >> 12) + b;
        b = (b << 9 | b >> 23) ^ a;
        a = (a << 27 | a >> 5) + b;
        b = b << 19 | b >> 13;
    }
    std::string hash;
    put_u32(hash, a);
    put_u32(hash, b);
    return hash;
}

}  // namespace

void put_check_sum(std::string& file) {
    std::uint32_t sum = 0;
    for (std::size_t at = 0; at < 508; ++at)
        sum ^= static_cast<std::uint32_t>(static_cast<unsigned char>(file[at])) << (at % 4 * 8);
    if (sum == 0) sum = 1;
    if (sum == 0xffffffff) sum = 0xfffffffe;
    overwrite(file, 508, sum);
}

HiveBuilder::Offset HiveBuilder::cell(std::string content) {
    while (content.size() % 8 != 4) content += '\0';
    const auto at = static_cast<Offset>(bins_.size());
    cells_.push_back(at);
    const auto size = static_cast<std::uint32_t>(content.size() + 4);
    put_u32(bins_, 0U - size);
    bins_ += content;
    return at;
}

HiveBuilder::Offset HiveBuilder::value(std::string_view name, const RegistryValue& value) {
    std::string record = "vk";
    put_u16(record, static_cast<std::uint32_t>(name.size()));
    const auto size = static_cast<std::uint32_t>(value.bytes.size());
    if (size <= 4) {
        put_u32(record, size | 0x80000000);
        auto padded = value.bytes;
        padded.resize(4);
        record += padded;
    } else {
        put_u32(record, size);
        put_u32(record, cell(value.bytes));
    }
    put_u32(record, static_cast<std::uint32_t>(value.type));
    put_u16(record, 1);
    put_u16(record, 0);
    return cell(record + std::string(name));
}

HiveBuilder::Offset HiveBuilder::big_value(std::string_view name, std::string_view bytes) {
    constexpr std::size_t kSegment = 16344;
    std::string segments;
    for (std::size_t at = 0; at < bytes.size(); at += kSegment)
        put_u32(segments, cell(std::string(bytes.substr(at, kSegment))));
    std::string head = "db";
    put_u16(head, static_cast<std::uint32_t>(segments.size() / 4));
    put_u32(head, cell(segments));
    std::string record = "vk";
    put_u16(record, static_cast<std::uint32_t>(name.size()));
    put_u32(record, static_cast<std::uint32_t>(bytes.size()));
    put_u32(record, cell(head));
    put_u32(record, static_cast<std::uint32_t>(RegistryType::binary));
    put_u16(record, 1);
    put_u16(record, 0);
    return cell(record + std::string(name));
}

HiveBuilder::Offset HiveBuilder::list(std::string_view kind, const std::vector<Offset>& keys) {
    std::string record(kind);
    put_u16(record, static_cast<std::uint32_t>(keys.size()));
    for (const auto key : keys) {
        put_u32(record, key);
        if (kind != "li") put_u32(record, 0);
    }
    return cell(record);
}

HiveBuilder::Offset HiveBuilder::index(const std::vector<Offset>& lists) {
    std::string record = "ri";
    put_u16(record, static_cast<std::uint32_t>(lists.size()));
    for (const auto one : lists) put_u32(record, one);
    return cell(record);
}

HiveBuilder::Offset HiveBuilder::key(std::string_view name, const std::vector<Offset>& values,
                                     Offset subkey_list, std::uint32_t subkeys) {
    auto value_list = kNone;
    if (!values.empty()) {
        std::string record;
        for (const auto one : values) put_u32(record, one);
        value_list = cell(record);
    }
    std::string record = "nk";
    put_u16(record, 0x20);
    record += std::string(16, '\0');  // time, access, parent
    put_u32(record, subkeys);
    put_u32(record, 0);
    put_u32(record, subkey_list);
    put_u32(record, kNone);
    put_u32(record, static_cast<std::uint32_t>(values.size()));
    put_u32(record, value_list);
    record += std::string(28, '\0');
    put_u16(record, static_cast<std::uint32_t>(name.size()));
    put_u16(record, 0);
    return cell(record + std::string(name));
}

HiveBuilder::Offset HiveBuilder::key_over(std::string_view name, const std::vector<Offset>& subkeys,
                                          const std::vector<Offset>& values,
                                          std::string_view kind) {
    const auto count = static_cast<std::uint32_t>(subkeys.size());
    const auto parent = key(name, values, count == 0 ? kNone : list(kind, subkeys), count);
    adopt(parent, subkeys);
    return parent;
}

void HiveBuilder::adopt(Offset parent, const std::vector<Offset>& keys) {
    constexpr Offset kCellSize = 4, kParent = 0x10;
    for (const auto key : keys) poke(key + kCellSize + kParent, parent);
}

void HiveBuilder::poke(Offset at, std::uint32_t number) { overwrite(bins_, at, number); }

std::uint32_t HiveBuilder::u32(Offset at) const { return number_at(bins_, at); }

std::string HiveBuilder::file(Offset root, std::uint32_t first, std::uint32_t second,
                              std::uint32_t minor) const {
    auto bins = bins_;
    bins.resize((bins.size() + 4095) / 4096 * 4096);
    std::string head = "regf";
    put_u32(head, first);
    put_u32(head, second);
    head += std::string(8, '\0');
    put_u32(head, 1);
    put_u32(head, minor);
    put_u32(head, 0);
    put_u32(head, 1);
    put_u32(head, root);
    put_u32(head, static_cast<std::uint32_t>(bins.size()));
    head.resize(4096);
    put_check_sum(head);
    return head + bins;
}

std::string log_head(const std::string& file, std::uint32_t type, std::uint32_t sequence) {
    auto head = file.substr(0, 512);
    overwrite(head, 4, sequence);
    overwrite(head, 8, sequence);
    overwrite(head, 0x1c, type);
    put_check_sum(head);
    return head;
}

std::string log_entry(const std::string& file, std::uint32_t sequence,
                      const std::vector<std::uint32_t>& pages) {
    constexpr std::uint32_t kPage = 4096;
    std::string entry = "HvLE";
    put_u32(entry, 0);
    put_u32(entry, 0);
    put_u32(entry, sequence);
    put_u32(entry, static_cast<std::uint32_t>(file.size()) - kPage);
    put_u32(entry, static_cast<std::uint32_t>(pages.size()));
    entry += std::string(16, '\0');
    for (const auto page : pages) {
        put_u32(entry, page * kPage);
        put_u32(entry, kPage);
    }
    for (const auto page : pages) entry += file.substr(std::size_t{page + 1} * kPage, kPage);
    entry.resize((entry.size() + 511) / 512 * 512);
    overwrite(entry, 4, static_cast<std::uint32_t>(entry.size()));
    put_hashes(entry);
    return entry;
}

void put_hashes(std::string& entry) {
    entry.replace(24, 8, marvin(entry.substr(40)));
    entry.replace(32, 8, marvin(entry.substr(0, 32)));
}

std::string hive_with(const std::vector<HiveEntry>& entries) {
    struct Node {
        std::map<std::string, Node> children;
        std::vector<const HiveEntry*> values;
    };
    Node top;
    for (const auto& entry : entries) {
        auto* node = &top;
        if (!entry.key.empty())
            for (const auto part : split(entry.key, '\\'))
                node = &node->children[std::string(part)];
        node->values.push_back(&entry);
    }
    HiveBuilder builder;
    const auto build = [&](const auto& self, const std::string& name,
                           const Node& node) -> HiveBuilder::Offset {
        std::vector<HiveBuilder::Offset> keys, values;
        for (const auto& [child, below] : node.children) keys.push_back(self(self, child, below));
        for (const auto* entry : node.values)
            values.push_back(builder.value(entry->name, entry->value));
        return builder.key_over(name, keys, values);
    };
    return builder.file(build(build, "ROOT", top));
}

}  // namespace guestprep
