// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <bit>

#include "agent/formats/registry_hive_parts.h"
#include "agent/formats/registry_value.h"

namespace guestprep::hive {
namespace {

constexpr std::uint32_t kNewLog = 6;
constexpr std::size_t kSector = 512, kEntryHead = 40;
constexpr std::uint64_t kHashSeed = 0x82ef4d887a4e55c5;

std::uint64_t u64(std::string_view bytes, std::size_t at) {
    return u32(bytes, at) | std::uint64_t{u32(bytes, at + 4)} << 32;
}

/// XOR of the first 127 words; 0 and -1 are avoided.
std::uint32_t check_sum(std::string_view bytes) {
    std::uint32_t sum = 0;
    for (std::size_t at = 0; at < 508; at += 4) sum ^= u32(bytes, at);
    if (sum == 0) return 1;
    return sum == 0xffffffff ? 0xfffffffe : sum;
}

/// Marvin32, which guards the entries of a log.
std::uint64_t marvin32(std::string_view bytes) {
    auto low = static_cast<std::uint32_t>(kHashSeed);
    auto high = static_cast<std::uint32_t>(kHashSeed >> 32);
    const auto mix = [&](std::uint32_t block) {
        low += block;
        high ^= low;
        low = std::rotl(low, 20) + high;
        high = std::rotl(high, 9) ^ low;
        low = std::rotl(low, 27) + high;
        high = std::rotl(high, 19);
    };
    std::size_t at = 0;
    for (; at + 4 <= bytes.size(); at += 4) mix(u32(bytes, at));
    std::uint32_t last = 0x80;
    for (auto i = bytes.size(); i > at; --i)
        last = last << 8 | static_cast<unsigned char>(bytes[i - 1]);
    mix(last);
    mix(0);
    return low | std::uint64_t{high} << 32;
}

/// One entry of a new log, checked; empty where there is no sound entry at that place.
std::string_view entry_at(std::string_view log, std::size_t at) {
    if (log.size() < at + kEntryHead || !log.substr(at).starts_with("HvLE")) return {};
    const std::size_t size = u32(log, at + 4);
    if (size < kEntryHead || size % kSector != 0 || size > log.size() - at) return {};
    const auto entry = log.substr(at, size);
    if (u64(entry, 32) != marvin32(entry.substr(0, 32))) return {};
    if (u64(entry, 24) != marvin32(entry.substr(kEntryHead))) return {};
    return entry;
}

/// Copies the pages of an entry into the bins. False where the entry contradicts itself.
bool apply_entry(std::string_view entry, std::string& bins) {
    const std::size_t bins_size = u32(entry, 16), pages = u32(entry, 20);
    if (bins_size > kHiveLimit || pages > (entry.size() - kEntryHead) / 8) return false;
    auto data = kEntryHead + pages * 8;
    std::string changed = bins;
    changed.resize(bins_size);
    for (std::size_t i = 0; i < pages; ++i) {
        const std::size_t offset = u32(entry, kEntryHead + i * 8);
        const std::size_t size = u32(entry, kEntryHead + i * 8 + 4);
        if (size > entry.size() - data || offset > bins_size || size > bins_size - offset)
            return false;
        changed.replace(offset, size, entry.substr(data, size));
        data += size;
    }
    bins = std::move(changed);
    return true;
}

std::size_t apply_new_logs(std::vector<std::string_view> logs, BaseBlock& base, std::string& bins) {
    const auto first_of = [](std::string_view log) {
        const auto entry = entry_at(log, kSector);
        return entry.empty() ? 0xffffffff : u32(entry, 12);
    };
    std::ranges::sort(logs, {}, first_of);
    std::size_t applied = 0;
    // A file whose own block is damaged has no number to begin with.
    auto wanted = base.checksum_ok ? base.second_sequence : 0;
    for (const auto log : logs) {
        std::size_t at = kSector;
        for (auto entry = entry_at(log, at); !entry.empty(); entry = entry_at(log, at)) {
            at += entry.size();
            const auto sequence = u32(entry, 12);
            // Older ones are in the file already; after a gap nothing fits any more.
            if (applied == 0 ? sequence < wanted : sequence != wanted) continue;
            if (!apply_entry(entry, bins)) return applied;
            base.bins_size = u32(entry, 16);
            base.root = read_base_block(log).root;
            wanted = sequence + 1;
            ++applied;
        }
    }
    return applied;
}

/// The old format: one bitmap of 512-byte sectors, then those sectors.
bool apply_old_log(std::string_view log, BaseBlock& base, std::string& bins) {
    const auto head = read_base_block(log);
    if (!head.checksum_ok || head.first_sequence != head.second_sequence) return false;
    if (base.checksum_ok && head.second_sequence < base.second_sequence) return false;
    if (!log.substr(kSector).starts_with("DIRT") || head.bins_size > kHiveLimit) return false;
    const std::size_t sectors = head.bins_size / kSector;
    const std::size_t bitmap = kSector + 4;
    if (log.size() < bitmap + (sectors + 7) / 8) return false;
    auto data = (bitmap + (sectors + 7) / 8 + kSector - 1) / kSector * kSector;
    std::string changed = bins;
    changed.resize(head.bins_size);
    for (std::size_t i = 0; i < sectors; ++i) {
        const auto bits = static_cast<unsigned char>(log[bitmap + i / 8]);
        if ((bits >> (i % 8) & 1) == 0) continue;
        if (log.size() < data + kSector) return false;
        changed.replace(i * kSector, kSector, log.substr(data, kSector));
        data += kSector;
    }
    bins = std::move(changed);
    base.bins_size = head.bins_size;
    base.root = head.root;
    return true;
}

}  // namespace

std::uint32_t u32(std::string_view bytes, std::size_t at) {
    std::uint32_t number = 0;
    for (std::size_t i = 4; i-- > 0;)
        number = number << 8 | static_cast<unsigned char>(bytes[at + i]);
    return number;
}

std::uint32_t u16(std::string_view bytes, std::size_t at) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at]) |
                                      static_cast<unsigned char>(bytes[at + 1]) << 8);
}

bool is_base_block(std::string_view bytes) {
    return bytes.size() >= kHeader && bytes.starts_with("regf");
}

BaseBlock read_base_block(std::string_view bytes) {
    auto name = utf8_from_utf16(bytes.substr(0x30, 64));
    return {.first_sequence = u32(bytes, 4),
            .second_sequence = u32(bytes, 8),
            .major = u32(bytes, 0x14),
            .minor = u32(bytes, 0x18),
            .type = u32(bytes, 0x1c),
            .root = u32(bytes, 0x24),
            .bins_size = u32(bytes, 0x28),
            .file_name = name.substr(0, name.find('\0')),
            .checksum_ok = check_sum(bytes) == u32(bytes, 508)};
}

std::size_t apply_logs(const std::vector<std::string>& logs, BaseBlock& base, std::string& bins) {
    std::vector<std::string_view> recent;
    std::vector<std::string_view> old;
    for (const std::string_view log : logs) {
        if (!is_base_block(log) || log.size() < 2 * kSector) continue;
        (read_base_block(log).type == kNewLog ? recent : old).push_back(log);
    }
    if (const auto applied = apply_new_logs(recent, base, bins); applied != 0) return applied;
    std::ranges::sort(old, std::greater{}, [](std::string_view log) { return u32(log, 4); });
    for (const auto log : old)
        if (apply_old_log(log, base, bins)) return 1;
    return 0;
}

}  // namespace guestprep::hive
