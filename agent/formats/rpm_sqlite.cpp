// SPDX-License-Identifier: Apache-2.0
//
// The one table of SQLite's file that matters, rpm's database since RHEL 9: a tree of pages whose
// leaves hold rows, and a row's second column is a header
// (https://www.sqlite.org/fileformat2.html).
#include <optional>
#include <string>
#include <vector>

#include "agent/formats/rpm_blobs.h"

namespace guestprep {
namespace {

const auto kDamaged = failure(Errc::bad_syntax, "rpm's database is damaged");

/// A number of one to nine bytes; moves `at` behind it.
std::uint64_t varint(std::string_view bytes, std::uint64_t& at) {
    std::uint64_t value = 0;
    for (int i = 0; i < 9; ++i) {
        const auto byte = little_endian(bytes, at++, 1);
        if (i == 8) return (value << 8U) | byte;
        value = (value << 7U) | (byte & 0x7FU);
        if ((byte & 0x80U) == 0) break;
    }
    return value;
}

/// Bytes that a column of this type takes in a row.
std::uint64_t column_size(std::uint64_t type) {
    constexpr std::uint64_t kFixed[] = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0};
    return type < 12 ? kFixed[type] : (type - 12) / 2;
}

std::vector<std::string_view> columns_of(std::string_view row) {
    std::uint64_t at = 0;
    const auto head = varint(row, at);
    std::uint64_t place = head;
    std::vector<std::string_view> out;
    while (at < head && at < row.size() && out.size() < 16) {
        const auto size = column_size(varint(row, at));
        out.push_back(bytes_at(row, place, size));
        place += size;
    }
    return out;
}

class Tree {
public:
    explicit Tree(std::string_view bytes) : bytes_(bytes) {
        const auto size = big_endian(bytes, 16, 2);
        page_size_ = size == 1 ? 65536 : size;
        usable_ = page_size_ - little_endian(bytes, 20, 1);
    }

    [[nodiscard]] bool is_sound() const { return page_size_ >= 512 && usable_ >= 480; }

    /// Every row of the table whose tree begins on this page. Pages are counted from 1.
    Result<void> rows(std::uint64_t root, const TakeBlob& take) {
        std::vector<std::uint64_t> open{root};
        std::uint64_t seen = 0;
        while (!open.empty()) {
            const auto number = open.back();
            open.pop_back();
            // More pages than there are: it goes round in a circle.
            if (number == 0 || ++seen > bytes_.size() / page_size_) return kDamaged;
            const auto page = bytes_at(bytes_, (number - 1) * page_size_, page_size_);
            if (page.empty()) return kDamaged;
            const std::uint64_t head = number == 1 ? 100 : 0;
            const auto kind = little_endian(page, head, 1);
            const auto cells = big_endian(page, head + 3, 2);
            if ((kind != kInterior && kind != kLeaf) || cells > page_size_ / 2) return kDamaged;
            const auto table = head + (kind == kInterior ? 12 : 8);
            if (kind == kInterior) open.push_back(big_endian(page, head + 8, 4));
            for (std::uint64_t i = 0; i < cells; ++i) {
                // The stack turns the order of children round.
                const auto cell = kind == kInterior ? cells - 1 - i : i;
                const auto at = big_endian(page, table + 2 * cell, 2);
                if (kind == kInterior) {
                    open.push_back(big_endian(page, at, 4));
                    continue;
                }
                const auto row = payload(page, at);
                if (!row) return kDamaged;
                if (auto taken = take(*row); !taken) return taken;
            }
        }
        return {};
    }

private:
    static constexpr std::uint64_t kInterior = 5, kLeaf = 13;

    /// What does not fit into a leaf goes on in a chain of pages.
    [[nodiscard]] std::optional<std::string> payload(std::string_view page,
                                                     std::uint64_t at) const {
        const auto length = varint(page, at);
        varint(page, at);  // the row's number
        if (length > bytes_.size()) return std::nullopt;
        const auto most = usable_ - 35;
        const auto least = (usable_ - 12) * 32 / 255 - 23;
        auto here = length;
        if (length > most) {
            here = least + (length - least) % (usable_ - 4);
            if (here > most) here = least;
        }
        std::string out(bytes_at(page, at, here));
        auto next = length > here ? big_endian(page, at + here, 4) : 0;
        while (out.size() < length) {
            const auto part =
                next == 0 ? std::string_view() : bytes_at(bytes_, (next - 1) * page_size_, usable_);
            if (part.empty()) return std::nullopt;
            next = big_endian(part, 0, 4);
            out += part.substr(4, static_cast<std::size_t>(length) - out.size());
        }
        return out;
    }

    std::string_view bytes_;
    std::uint64_t page_size_ = 0, usable_ = 0;
};

}  // namespace

Result<void> read_sqlite_packages(std::string_view bytes, const TakeBlob& take) {
    Tree tree(bytes);
    if (!tree.is_sound()) return kDamaged;
    std::uint64_t root = 0;
    auto schema = tree.rows(1, [&](std::string_view row) -> Result<void> {
        const auto columns = columns_of(row);
        if (columns.size() > 3 && columns[0] == "table" && columns[1] == "Packages")
            root = big_endian(columns[3], 0, columns[3].size());
        return {};
    });
    if (!schema) return schema;
    if (root == 0) return failure(Errc::bad_syntax, "rpm's database has no table of packages");
    return tree.rows(root, [&](std::string_view row) -> Result<void> {
        const auto columns = columns_of(row);
        if (columns.size() < 2) return kDamaged;
        return take(columns[1]);
    });
}

}  // namespace guestprep
