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
    return key(name, values, count == 0 ? kNone : list(kind, subkeys), count);
}

void HiveBuilder::poke(Offset at, std::uint32_t number) { overwrite(bins_, at, number); }

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
