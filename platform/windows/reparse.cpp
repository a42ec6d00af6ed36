// SPDX-License-Identifier: Apache-2.0
#include "platform/windows/reparse.h"

#include <algorithm>
#include <cstdint>

#include "agent/formats/registry_value.h"
#include "platform/windows/drive_name.h"

namespace guestprep {
namespace {

constexpr std::uint32_t kJunction = 0xA0000003;
constexpr std::uint32_t kSymbolicLink = 0xA000000C;

std::uint32_t number_at(std::string_view bytes, std::size_t at, std::size_t size) {
    std::uint32_t number = 0;
    for (std::size_t i = size; i-- > 0;)
        number = (number << 8U) |
                 (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0U);
    return number;
}

}  // namespace

Result<std::optional<LinkSaid>> link_said(std::string_view reparse_data) {
    const auto tag = number_at(reparse_data, 0, 4);
    if (tag != kJunction && tag != kSymbolicLink) return std::optional<LinkSaid>();
    // Tag, length, reserved; offset and length of the substitute name, of the print name; a
    // symbolic link's flags; the names.
    const std::size_t names = tag == kSymbolicLink ? 20 : 16;
    const std::size_t begin = names + number_at(reparse_data, 8, 2);
    const std::size_t length = number_at(reparse_data, 10, 2);
    if (length == 0 || length % 2 != 0 || begin + length > reparse_data.size())
        return failure(Errc::bad_syntax, "a link whose data is damaged");
    LinkSaid said{
        .text = utf8_from_utf16(reparse_data.substr(begin, length)),
        .is_relative = tag == kSymbolicLink && (number_at(reparse_data, 16, 4) & 1U) != 0};
    std::ranges::replace(said.text, '\\', '/');
    if (said.is_relative) return said;
    // Not in one piece: to old compilers two question marks and a slash are something else.
    for (const std::string_view prefix : {"/?"
                                          "?/",
                                          "//?/"})
        if (said.text.starts_with(prefix)) said.text.erase(0, prefix.size());
    if (said.text.starts_with("Volume{")) return std::optional<LinkSaid>();
    if (!is_drive_name(std::string_view(said.text).substr(0, 2)))
        return failure(Errc::unsupported, "a link to " + said.text + ", which is no drive here");
    said.text.insert(0, 1, '/');
    return said;
}

}  // namespace guestprep
