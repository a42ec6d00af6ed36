// SPDX-License-Identifier: Apache-2.0
//
// Berkeley DB's hash file, rpm's database up to RHEL 8 and SLES 12. Every hash page is gone
// through: keys do not matter, and the headers lie on chains of overflow pages.
#include <string>

#include "agent/formats/rpm_blobs.h"

namespace guestprep {
namespace {

constexpr std::uint64_t kPageHead = 26;

class Pages {
public:
    Pages(std::string_view bytes, std::uint64_t size) : bytes_(bytes), size_(size) {}

    [[nodiscard]] std::uint64_t count() const { return bytes_.size() / size_; }
    [[nodiscard]] std::string_view page(std::uint64_t number) const {
        return bytes_at(bytes_, number * size_, size_);
    }

    /// A value of `length` bytes on the chain of pages that begins here; empty where it breaks.
    [[nodiscard]] std::string chained(std::uint64_t number, std::uint64_t length) const {
        constexpr std::uint64_t kOverflow = 7;
        std::string out;
        if (length > bytes_.size()) return {};
        while (out.size() < length) {
            const auto here = page(number);
            if (number == 0 || here.empty() || little_endian(here, 25, 1) != kOverflow) return {};
            const auto part = bytes_at(here, kPageHead, little_endian(here, 22, 2));
            if (part.empty()) return {};
            out += part;
            number = little_endian(here, 16, 4);
        }
        return out.size() == length ? out : std::string();
    }

private:
    std::string_view bytes_;
    std::uint64_t size_;
};

/// Values stand behind their keys, each at a place that a table at the page's head tells.
Result<void> read_page(const Pages& pages, std::string_view page, const TakeBlob& take) {
    constexpr std::uint64_t kOnPage = 1, kOffPage = 3;
    const auto entries = little_endian(page, 20, 2);
    for (std::uint64_t i = 1; i < entries; i += 2) {
        const auto at = little_endian(page, kPageHead + 2 * i, 2);
        const auto before = little_endian(page, kPageHead + 2 * (i - 1), 2);
        const auto kind = little_endian(page, at, 1);
        std::string blob;
        if (kind == kOffPage)
            blob = pages.chained(little_endian(page, at + 4, 4), little_endian(page, at + 8, 4));
        else if (kind == kOnPage && before > at)
            blob = bytes_at(page, at + 1, before - at - 1);
        // The entry of key 0 counts the packages and is no header.
        if (kind == kOnPage && blob.size() <= 8) continue;
        if (blob.empty()) return failure(Errc::bad_syntax, "rpm's database is damaged: a package");
        if (auto taken = take(blob); !taken) return taken;
    }
    return {};
}

}  // namespace

Result<void> read_bdb_hash(std::string_view bytes, const TakeBlob& take) {
    const auto size = little_endian(bytes, 20, 4);
    if (size < 512 || size > 65536 || (size & (size - 1)) != 0)
        return failure(Errc::bad_syntax, "rpm's database is damaged: its page size");
    const Pages pages(bytes, size);
    for (std::uint64_t number = 1; number < pages.count(); ++number) {
        const auto page = pages.page(number);
        const auto type = little_endian(page, 25, 1);
        if (type != 2 && type != 13) continue;  // no hash page
        if (auto read = read_page(pages, page, take); !read) return read;
    }
    return {};
}

}  // namespace guestprep
