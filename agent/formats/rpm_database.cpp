// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/rpm_database.h"

#include "agent/formats/rpm_blobs.h"

namespace guestprep {
namespace {

constexpr std::size_t kMostPackages = 100'000;
constexpr std::uint64_t kMostTags = 65'536;
constexpr std::size_t kEntry = 16;

/// The string that begins at a place of the header's data.
std::string string_at(std::string_view data, std::uint64_t at) {
    if (at >= data.size()) return {};
    const auto rest = data.substr(static_cast<std::size_t>(at));
    return std::string(rest.substr(0, rest.find('\0')));
}

}  // namespace

Result<RpmPackage> read_rpm_header(std::string_view blob) {
    const auto tags = big_endian(blob, 0, 4);
    const auto length = big_endian(blob, 4, 4);
    if (tags == 0 || tags > kMostTags || blob.size() < 8 + tags * kEntry + length)
        return failure(Errc::bad_syntax, "a header in rpm's database is damaged");
    const auto data = bytes_at(blob, 8 + tags * kEntry, length);
    RpmPackage package;
    for (std::uint64_t i = 0; i < tags; ++i) {
        const auto at = 8 + i * kEntry;
        const auto tag = big_endian(blob, at, 4);
        const auto offset = big_endian(blob, at + 8, 4);
        if (tag == 1000) package.name = string_at(data, offset);
        if (tag == 1001) package.version = string_at(data, offset);
        if (tag == 1002) package.release = string_at(data, offset);
        if (tag == 1011) package.vendor = string_at(data, offset);
    }
    if (package.name.empty())
        return failure(Errc::bad_syntax, "a header in rpm's database has no name");
    return package;
}

Result<std::vector<RpmPackage>> read_rpm_database(std::string_view bytes) {
    std::vector<RpmPackage> packages;
    std::size_t taken = 0;
    const TakeBlob take = [&](std::string_view blob) -> Result<void> {
        taken += blob.size();
        if (taken > bytes.size())
            return failure(Errc::bad_syntax, "rpm's database is damaged: packages overlap");
        auto package = read_rpm_header(blob);
        if (!package) return std::unexpected(package.error());
        if (packages.size() == kMostPackages)
            return failure(Errc::too_large, "rpm's database has too many packages");
        packages.push_back(std::move(*package));
        return {};
    };
    Result<void> done =
        failure(Errc::unsupported, "rpm's database is of a kind that is not read here");
    if (bytes.starts_with("SQLite format 3"))
        done = read_sqlite_packages(bytes, take);
    else if (bytes.starts_with("RpmP"))
        done = read_ndb(bytes, take);
    else if (little_endian(bytes, 12, 4) == 0x061561)
        done = read_bdb_hash(bytes, take);
    if (!done) return std::unexpected(done.error());
    return packages;
}

}  // namespace guestprep
