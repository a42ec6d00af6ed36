// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/initramfs.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>
#include <string_view>

#include "agent/formats/compressed_stream.h"

namespace guestprep {
namespace {

using Clock = std::chrono::steady_clock;
using Bytes = std::span<const std::byte>;

constexpr std::size_t kHeaderSize = 110;
constexpr std::size_t kMagicSize = 6;
constexpr std::size_t kLongestName = 4096;  // PATH_MAX, as in the kernel
constexpr std::size_t kOutputSize = 512 << 10;
constexpr std::string_view kTrailer = "TRAILER!!!";

bool is_cpio_magic(std::string_view head) {
    return head.starts_with("070701") || head.starts_with("070702");
}

bool is_module(std::string_view path) {
    for (const std::string_view ending : {".ko", ".ko.xz", ".ko.zst", ".ko.gz", ".ko.bz2"})
        if (path.ends_with(ending)) return true;
    return false;
}

std::string module_version(std::string_view path) {
    constexpr std::string_view kFolder = "lib/modules/";
    const auto at = path.find(kFolder);
    if (at == std::string_view::npos) return {};
    const auto rest = path.substr(at + kFolder.size());
    const auto end = rest.find('/');
    return end == std::string_view::npos ? std::string() : std::string(rest.substr(0, end));
}

/// Follows a stream of "newc" archives, fed in pieces of any size.
class CpioWalker {
public:
    CpioWalker(InitramfsNames& out, const InitramfsLimits& limits) : out_(out), limits_(limits) {}

    enum class Stop { needs_more, at_other_data, bad, too_many };

    /// Takes from the front of `data`; `taken` says how much. Stops before what is neither zeros
    /// nor another archive once an archive has ended.
    Stop feed(Bytes data, std::size_t& taken) {
        taken = 0;
        while (taken < data.size()) {
            const auto rest = data.subspan(taken);
            if (skip_ > 0) {
                const auto count = std::min<std::uint64_t>(skip_, rest.size());
                skip_ -= count;
                taken += static_cast<std::size_t>(count);
            } else if (between_ && text_.empty() && !is_start(rest)) {
                if (rest[0] != std::byte{0}) return Stop::at_other_data;
                taken += zeros(rest);
            } else {
                taken += collect(rest);
                if (text_.size() < wanted_) break;
                if (const auto stop = in_name_ ? take_name() : take_header();
                    stop != Stop::needs_more)
                    return stop;
            }
        }
        return Stop::needs_more;
    }
    /// Between two archives, or before the first.
    [[nodiscard]] bool is_at_rest() const { return between_ && skip_ == 0 && text_.empty(); }

private:
    static bool is_start(Bytes rest) { return rest[0] == std::byte{'0'}; }
    static std::size_t zeros(Bytes rest) {
        const auto end = std::ranges::find_if(rest, [](std::byte b) { return b != std::byte{0}; });
        return static_cast<std::size_t>(end - rest.begin());
    }
    /// Headers and names that lie whole in one piece could be read in place; copying these few
    /// bytes costs nothing beside the decompression.
    std::size_t collect(Bytes rest) {
        const auto count = std::min(wanted_ - text_.size(), rest.size());
        text_.append(reinterpret_cast<const char*>(rest.data()), count);
        return count;
    }
    [[nodiscard]] std::uint32_t field(std::size_t index) const {
        std::uint32_t value = 0;
        const char* const at = text_.data() + kMagicSize + 8 * index;
        const auto [end, error] = std::from_chars(at, at + 8, value, 16);
        if (error != std::errc() || end != at + 8) bad_ = true;
        return value;
    }

    Stop take_header() {
        if (!is_cpio_magic(text_)) return Stop::bad;
        bad_ = false;
        mode_ = field(1);
        file_size_ = field(6);
        const auto name_size = field(11);
        if (bad_ || name_size == 0 || name_size > kLongestName) return Stop::bad;
        between_ = false;
        in_name_ = true;
        // The name is padded so that the data begins at a multiple of four.
        name_size_ = name_size;
        wanted_ = (kHeaderSize + name_size + 3) / 4 * 4 - kHeaderSize;
        text_.clear();
        return Stop::needs_more;
    }
    Stop take_name() {
        std::string_view name(text_.data(), name_size_);
        name = name.substr(0, name.find('\0'));
        const bool trailer = name == kTrailer;
        if (!trailer && ++out_.files > limits_.files) return Stop::too_many;
        if (!trailer) look_at(name);
        skip_ = trailer ? 0 : (std::uint64_t{file_size_} + 3) / 4 * 4;
        between_ = trailer;
        in_name_ = false;
        wanted_ = kHeaderSize;
        text_.clear();
        return Stop::needs_more;
    }
    void look_at(std::string_view name) {
        constexpr std::uint32_t kTypeMask = 0170000;
        constexpr std::uint32_t kDirectory = 0040000;
        if ((mode_ & kTypeMask) == kDirectory) return;
        while (name.starts_with("./") || name.starts_with('/'))
            name.remove_prefix(name.starts_with('/') ? 1 : 2);
        if (is_module(name))
            out_.modules.push_back({std::string(name), module_version(name)});
        else if (name.ends_with("lib/dracut/build-parameter.txt") ||
                 name.find("lib/dracut/hooks/") != std::string_view::npos)
            out_.made_by_dracut = true;
        else if (name == "etc/lvm/devices/system.devices")
            out_.has_lvm_devices_file = true;
    }

    InitramfsNames& out_;
    const InitramfsLimits& limits_;
    std::string text_;  ///< the header or name that is being collected
    std::size_t wanted_ = kHeaderSize;
    std::size_t name_size_ = 0;
    std::uint64_t skip_ = 0;
    std::uint32_t mode_ = 0, file_size_ = 0;
    bool in_name_ = false;
    bool between_ = true;
    mutable bool bad_ = false;
};

class Reader {
public:
    Reader(ByteSource& source, const InitramfsLimits& limits)
        : input_(source),
          limits_(limits),
          walker_(out_, limits_),
          deadline_(Clock::now() + limits.time) {}

    Result<InitramfsNames> read() {
        for (;;) {
            const auto head = skip_zeros();
            if (!head) return std::unexpected(head.error());
            if (head->empty()) break;
            if (auto done = read_part(*head); !done) return std::unexpected(done.error());
        }
        if (out_.parts.empty()) return failure(Errc::bad_syntax, "holds no archive");
        if (!walker_.is_at_rest()) return std::unexpected(truncated());
        return std::move(out_);
    }

private:
    [[nodiscard]] std::string here() const { return "byte " + std::to_string(input_.offset()); }
    [[nodiscard]] Error truncated() const {
        return {Errc::bad_syntax, "the archive ends in the middle, at " + here()};
    }

    /// The first bytes of the next part; none at the end.
    Result<Bytes> skip_zeros() {
        for (;;) {
            auto head = input_.peek(kMagicSize);
            if (!head || head->empty() || (*head)[0] != std::byte{0}) return head;
            const auto end =
                std::ranges::find_if(*head, [](std::byte b) { return b != std::byte{0}; });
            input_.consume(static_cast<std::size_t>(end - head->begin()));
        }
    }

    Result<void> read_part(Bytes head) {
        const std::string_view text(reinterpret_cast<const char*>(head.data()), head.size());
        const auto kind = detect_compression(head);
        const bool plain = is_cpio_magic(text);
        if (!plain && kind == Compression::none)
            return failure(out_.parts.empty() ? Errc::unsupported : Errc::bad_syntax,
                           here() + ": neither a cpio archive nor compressed data that is known");
        if (plain && !walker_.is_at_rest()) return std::unexpected(truncated());
        out_.parts.push_back(std::string(plain ? "cpio" : compression_name(kind)) + " at " +
                             here());
        return plain ? read_plain() : read_compressed(kind);
    }

    Result<void> read_plain() {
        for (;;) {
            const auto data = input_.peek();
            if (!data) return std::unexpected(data.error());
            if (data->empty())
                return walker_.is_at_rest() ? Result<void>() : std::unexpected(truncated());
            std::size_t taken = 0;
            const auto stop = walker_.feed(*data, taken);
            input_.consume(taken);
            if (auto fine = within_limits(taken); !fine) return fine;
            if (stop == CpioWalker::Stop::at_other_data) return {};
            if (auto fine = check(stop); !fine) return fine;
        }
    }

    Result<void> read_compressed(Compression kind) {
        auto stream = open_decompressor(kind, input_);
        if (!stream) return std::unexpected(stream.error());
        buffer_.resize(kOutputSize);
        bool first = true;
        for (;;) {
            const auto size = (*stream)->read(buffer_);
            if (!size) return std::unexpected(size.error());
            if (*size == 0) return {};
            std::size_t taken = 0;
            auto stop = walker_.feed(Bytes(buffer_).first(*size), taken);
            if (first && out_.files == 0 && stop == CpioWalker::Stop::at_other_data)
                return failure(Errc::unsupported,
                               "holds a file system or something else, no cpio archive");
            first = false;
            if (stop == CpioWalker::Stop::at_other_data) stop = CpioWalker::Stop::bad;
            if (auto fine = within_limits(*size); !fine) return fine;
            if (auto fine = check(stop); !fine) return fine;
        }
    }

    Result<void> check(CpioWalker::Stop stop) const {
        if (stop == CpioWalker::Stop::bad)
            return failure(Errc::bad_syntax, "the archive is damaged, near " + here());
        if (stop == CpioWalker::Stop::too_many)
            return failure(Errc::too_large, "more files than any real image has");
        return {};
    }
    Result<void> within_limits(std::uint64_t more) {
        bytes_ += more;
        if (bytes_ > limits_.bytes)
            return failure(Errc::too_large, "unpacks to more than any real image");
        if (Clock::now() > deadline_)
            return failure(Errc::timed_out, "reading it takes too long, stopped at " + here());
        return {};
    }

    InputBuffer input_;
    InitramfsLimits limits_;
    InitramfsNames out_;
    CpioWalker walker_;
    std::vector<std::byte> buffer_;
    Clock::time_point deadline_;
    std::uint64_t bytes_ = 0;
};

}  // namespace

Result<InitramfsNames> read_initramfs_names(ByteSource& source, const InitramfsLimits& limits) {
    return Reader(source, limits).read();
}

}  // namespace guestprep
