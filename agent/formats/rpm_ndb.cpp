// SPDX-License-Identifier: Apache-2.0
//
// rpm's own database, SUSE's choice since 15: slots that tell where the headers lie.
#include "agent/formats/rpm_blobs.h"

namespace guestprep {

Result<void> read_ndb(std::string_view bytes, const TakeBlob& take) {
    constexpr std::uint64_t kPage = 4096, kBlock = 16, kSlot = 16, kHead = 32;
    const auto end = little_endian(bytes, 12, 4) * kPage;
    if (end < kHead || end > bytes.size())
        return failure(Errc::bad_syntax, "rpm's database is damaged: its table of slots");
    for (std::uint64_t at = kHead; at < end; at += kSlot) {
        if (bytes_at(bytes, at, 4) != "Slot")
            return failure(Errc::bad_syntax, "rpm's database is damaged: a slot");
        const auto block = little_endian(bytes, at + 8, 4) * kBlock;
        if (block == 0) continue;  // a free slot
        const auto length = little_endian(bytes, block + 12, 4);
        const auto blob = bytes_at(bytes, block + 16, length);
        if (bytes_at(bytes, block, 4) != "BlbS" || blob.empty())
            return failure(Errc::bad_syntax, "rpm's database is damaged: a package");
        if (auto taken = take(blob); !taken) return taken;
    }
    return {};
}

}  // namespace guestprep
