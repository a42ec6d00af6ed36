// SPDX-License-Identifier: Apache-2.0
//
// Transaction logs. The rules of when Windows applies which are those of M. Suhanov's "Windows
// registry file format specification".
#include <algorithm>
#include <bit>
#include <functional>
#include <optional>

#include "agent/formats/registry_hive_parts.h"
#include "agent/formats/registry_value.h"

namespace guestprep::hive {
namespace {

constexpr std::uint32_t kNewLog = 6;
constexpr std::size_t kSector = 512, kEntryHead = 40, kBin = 4096;
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

/// One page of an entry: where it belongs, and the bytes.
struct Page {
    std::size_t offset = 0;
    std::string_view bytes;
};

/// Nothing where the entry contradicts itself.
std::optional<std::vector<Page>> pages_of(std::string_view entry) {
    const std::size_t bins_size = u32(entry, 16), count = u32(entry, 20);
    if (bins_size > kHiveLimit || bins_size % kBin != 0) return std::nullopt;
    if (count > (entry.size() - kEntryHead) / 8) return std::nullopt;
    std::vector<Page> pages;
    auto data = kEntryHead + count * 8;
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t offset = u32(entry, kEntryHead + i * 8);
        const std::size_t size = u32(entry, kEntryHead + i * 8 + 4);
        if (size > entry.size() - data || offset > bins_size || size > bins_size - offset)
            return std::nullopt;
        pages.push_back({offset, entry.substr(data, size)});
        data += size;
    }
    return pages;
}

/// False where the entry contradicts itself; then nothing is changed.
bool apply_entry(std::string_view entry, BaseBlock& base, std::string& bins) {
    const auto pages = pages_of(entry);
    if (!pages) return false;
    base.bins_size = u32(entry, 16);
    // A hive that shrinks is cut by the caller, once: sizes may go up and down with every entry.
    if (bins.size() < base.bins_size) bins.resize(base.bins_size);
    for (const auto& page : *pages) bins.replace(page.offset, page.bytes.size(), page.bytes);
    return true;
}

/// A log of the new format with what its head says.
struct NewLog {
    std::string_view bytes;
    BaseBlock head;
};

/// The entries of one log, up to a gap or an older one. Returns how many.
std::uint32_t apply_new_log(const NewLog& log, BaseBlock& base, std::string& bins) {
    std::uint32_t applied = 0;
    auto at = kSector;
    for (auto entry = entry_at(log.bytes, at); !entry.empty(); entry = entry_at(log.bytes, at)) {
        if (u32(entry, 12) != log.head.first_sequence + applied) break;
        if (!apply_entry(entry, base, bins)) break;
        at += entry.size();
        ++applied;
    }
    if (applied == 0) return 0;
    base.root = log.head.root;
    base.major = log.head.major;
    base.minor = log.head.minor;
    return applied;
}

/// Windows writes the two logs in turn, so either may have the earlier entries.
std::size_t apply_new_logs(std::vector<NewLog> logs, BaseBlock& base, std::string& bins) {
    std::ranges::sort(logs, {}, [](const NewLog& log) { return log.head.first_sequence; });
    // A file whose own block is damaged does not say which entries it has.
    if (!base.checksum_ok) return logs.empty() ? 0 : apply_new_log(logs.back(), base, bins);
    std::size_t applied = 0;
    auto next = base.second_sequence;
    for (const auto& log : logs) {
        const auto first = log.head.first_sequence;
        // Older entries are in the file already. Between it and the first log numbers may be left
        // out, between two logs they may not.
        if (first < next || (applied != 0 && first != next)) continue;
        const auto here = apply_new_log(log, base, bins);
        if (here == 0) continue;
        next = first + here;
        applied += here;
    }
    return applied;
}

/// When the hive was last written, by its own block or, where that is damaged, by its first bin.
std::uint64_t last_written(const BaseBlock& base, std::string_view bins) {
    constexpr std::size_t kBinHead = 32, kBinTime = 20;
    if (base.checksum_ok || bins.size() < kBinHead) return base.written;
    return u64(bins, kBinTime);
}

/// The old format: one bitmap of 512-byte sectors, then those sectors.
bool apply_old_log(std::string_view log, BaseBlock& base, std::string& bins) {
    const auto head = read_base_block(log);
    if (!head.checksum_ok || head.first_sequence != head.second_sequence) return false;
    // A log of another write than the one that did not end.
    if (head.written != last_written(base, bins)) return false;
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
    base.major = head.major;
    base.minor = head.minor;
    return true;
}

}  // namespace

std::string hex(std::uint32_t number) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    do text.insert(text.begin(), kDigits[number & 0xf]);
    while ((number >>= 4) != 0);
    return "0x" + text;
}

std::unexpected<Error> damaged(std::uint32_t at, std::string_view what) {
    return failure(Errc::bad_syntax, "damaged at " + hex(at) + ": " + std::string(what));
}

std::string name_of(std::string_view bytes, bool is_compressed) {
    if (!is_compressed) return utf8_from_utf16(bytes);
    std::string units;
    for (const char c : bytes) {
        units += c;
        units += '\0';
    }
    return utf8_from_utf16(units);
}

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
            .written = u64(bytes, 0xc),
            .file_name = name.substr(0, name.find('\0')),
            .checksum_ok = check_sum(bytes) == u32(bytes, 508)};
}

std::size_t apply_logs(const std::vector<std::string>& logs, BaseBlock& base, std::string& bins) {
    std::vector<NewLog> recent;
    std::vector<std::string_view> old;
    for (const std::string_view log : logs) {
        if (!is_base_block(log) || log.size() < 2 * kSector) continue;
        auto head = read_base_block(log);
        if (head.type != kNewLog)
            old.push_back(log);
        else if (head.checksum_ok)
            recent.push_back({log, std::move(head)});
    }
    if (const auto applied = apply_new_logs(std::move(recent), base, bins); applied != 0)
        return applied;
    std::ranges::sort(old, std::greater{}, [](std::string_view log) { return u32(log, 4); });
    for (const auto log : old)
        if (apply_old_log(log, base, bins)) return 1;
    return 0;
}

}  // namespace guestprep::hive
