// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/sam_account.h"

#include "agent/formats/registry_value.h"

namespace guestprep {
namespace {

// Offsets as published by those who read offline hives for a living (chntpw, Metasploit's wiki,
// samdump2's documentation).
constexpr std::size_t kExpires = 0x20, kRid = 0x30, kControlBits = 0x38;  // in F
constexpr std::size_t kNameField = 0x0c, kNtHashField = 0xa8;  // in V: offset, then length
constexpr std::size_t kVData = 0xcc;
constexpr std::size_t kMembersField = 0x28, kCData = 0x34;  // in C: offset, length, count
constexpr std::uint64_t kDisabled = 0x1, kNoPasswordNeeded = 0x4;
constexpr std::size_t kSidHead = 8;

std::uint64_t little(std::string_view bytes, std::size_t at, std::size_t count) {
    std::uint64_t number = 0;
    for (std::size_t i = count; i-- > 0;)
        number = number << 8 | static_cast<unsigned char>(bytes[at + i]);
    return number;
}

Result<std::string_view> part(std::string_view bytes, std::size_t field, std::size_t data) {
    if (bytes.size() < field + 8) return failure(Errc::bad_syntax, "too short");
    const auto offset = data + little(bytes, field, 4);
    const auto length = little(bytes, field + 4, 4);
    if (offset > bytes.size() || length > bytes.size() - offset)
        return failure(Errc::bad_syntax, "a part lies outside the value");
    return bytes.substr(static_cast<std::size_t>(offset), static_cast<std::size_t>(length));
}

/// A stored hash has a head of 4 bytes, or 24 since Windows 10 1607; a longer one holds a hash.
Truth holds_hash(std::size_t length) {
    switch (length) {
        case 0:
        case 4:
        case 24:
            return Truth::no;
        case 20:
        case 56:
            return Truth::yes;
        default:
            return Truth::unknown;
    }
}

/// 100 ns since 1601 to seconds since 1970; 0 and the largest number stand for never.
std::int64_t seconds_of(std::uint64_t ticks) {
    constexpr std::int64_t kSecondsBetween = 11'644'473'600;
    if (ticks == 0 || ticks >= 0x7fff'ffff'ffff'ffff) return 0;
    return static_cast<std::int64_t>(ticks / 10'000'000) - kSecondsBetween;
}

std::string sid_text(std::string_view sid) {
    std::uint64_t authority = 0;
    for (std::size_t i = 2; i < kSidHead; ++i)
        authority = authority << 8 | static_cast<unsigned char>(sid[i]);
    auto text =
        "S-" + std::to_string(static_cast<unsigned char>(sid[0])) + "-" + std::to_string(authority);
    for (std::size_t at = kSidHead; at < sid.size(); at += 4)
        text += "-" + std::to_string(little(sid, at, 4));
    return text;
}

}  // namespace

Result<SamAccount> parse_sam_account(std::string_view f, std::string_view v) {
    if (f.size() < kControlBits + 2) return failure(Errc::bad_syntax, "F is too short");
    const auto name = part(v, kNameField, kVData);
    if (!name) return std::unexpected(Error(name.error()).within("V"));
    SamAccount account;
    account.name = utf8_from_utf16(*name);
    account.rid = little(f, kRid, 4);
    account.expires = seconds_of(little(f, kExpires, 8));
    const auto bits = little(f, kControlBits, 2);
    account.disabled = (bits & kDisabled) != 0;
    account.password_not_required = (bits & kNoPasswordNeeded) != 0;
    if (const auto hash = part(v, kNtHashField, kVData))
        account.has_password = holds_hash(hash->size());
    return account;
}

Result<std::vector<std::string>> parse_sam_members(std::string_view c) {
    const auto all = part(c, kMembersField, kCData);
    if (!all) return std::unexpected(Error(all.error()).within("C"));
    std::vector<std::string> members;
    for (auto rest = *all; !rest.empty();) {
        const auto size =
            rest.size() < kSidHead
                ? rest.size() + 1
                : kSidHead + 4 * static_cast<std::size_t>(static_cast<unsigned char>(rest[1]));
        if (size > rest.size()) return failure(Errc::bad_syntax, "C: a member is cut off");
        members.push_back(sid_text(rest.substr(0, size)));
        rest.remove_prefix(size);
    }
    return members;
}

Result<std::string> parse_machine_sid(std::string_view v) {
    if (v.size() < 12) return failure(Errc::bad_syntax, "V is too short");
    const auto last = v.substr(v.size() - 12);
    std::string text = "S-1-5-21";
    for (std::size_t at = 0; at < 12; at += 4) text += "-" + std::to_string(little(last, at, 4));
    return text;
}

}  // namespace guestprep
