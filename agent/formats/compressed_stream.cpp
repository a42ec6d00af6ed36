// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/compressed_stream.h"

#include <bzlib.h>
#include <lz4.h>
#include <lz4frame.h>
#include <lzma.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string>

namespace guestprep {
namespace {

constexpr std::size_t kInputSize = 256 << 10;
constexpr std::uint64_t kMostMemory = std::uint64_t{128} << 20;

Error damaged(Compression kind, const InputBuffer& input, std::string_view how) {
    return {Errc::bad_syntax, std::string(compression_name(kind)) + " data " + std::string(how) +
                                  " at byte " + std::to_string(input.offset())};
}

/// What the libraries have in common: a step takes some of the input and makes some output.
class StepDecompressor : public Decompressor {
public:
    StepDecompressor(Compression kind, InputBuffer& input) : kind_(kind), input_(input) {}

    Result<std::size_t> read(std::span<std::byte> out) override {
        std::size_t made = 0;
        while (made < out.size() && !ended_) {
            const auto available = input_.peek();
            if (!available) return std::unexpected(available.error());
            const auto before = made;
            auto step = advance(*available, out.subspan(made));
            if (!step.good)
                return std::unexpected(step.too_large
                                           ? Error{Errc::unsupported, "needs too much memory"}
                                           : damaged(kind_, input_, "is damaged"));
            input_.consume(step.taken);
            made += step.made;
            ended_ = step.ended;
            if (!ended_ && step.taken == 0 && made == before)
                return std::unexpected(
                    damaged(kind_, input_, available->empty() ? "ends too early" : "is damaged"));
        }
        return made;
    }

protected:
    struct Step {
        std::size_t taken = 0, made = 0;
        bool good = true, ended = false, too_large = false;
    };
    virtual Step advance(std::span<const std::byte> in, std::span<std::byte> out) = 0;

    template <class T>
    static T* bytes(std::span<const std::byte> in) {
        // The C interfaces take what they never write to by pointers to non-const.
        return reinterpret_cast<T*>(const_cast<std::byte*>(in.data()));
    }

private:
    Compression kind_;
    InputBuffer& input_;
    bool ended_ = false;
};

class Gzip final : public StepDecompressor {
public:
    explicit Gzip(InputBuffer& input) : StepDecompressor(Compression::gzip, input) {
        constexpr int kGzipHeader = 16;
        good_ = inflateInit2(&stream_, kGzipHeader + MAX_WBITS) == Z_OK;
    }
    ~Gzip() override { inflateEnd(&stream_); }

private:
    Step advance(std::span<const std::byte> in, std::span<std::byte> out) override {
        stream_.next_in = bytes<Bytef>(in);
        stream_.avail_in = static_cast<uInt>(in.size());
        stream_.next_out = bytes<Bytef>(out);
        stream_.avail_out = static_cast<uInt>(out.size());
        const int status = good_ ? inflate(&stream_, Z_NO_FLUSH) : Z_MEM_ERROR;
        return {in.size() - stream_.avail_in, out.size() - stream_.avail_out,
                status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR,
                status == Z_STREAM_END, false};
    }
    z_stream stream_{};
    bool good_ = false;
};

class Bzip2 final : public StepDecompressor {
public:
    explicit Bzip2(InputBuffer& input) : StepDecompressor(Compression::bzip2, input) {
        good_ = BZ2_bzDecompressInit(&stream_, 0, 0) == BZ_OK;
    }
    ~Bzip2() override { BZ2_bzDecompressEnd(&stream_); }

private:
    Step advance(std::span<const std::byte> in, std::span<std::byte> out) override {
        stream_.next_in = bytes<char>(in);
        stream_.avail_in = static_cast<unsigned>(in.size());
        stream_.next_out = bytes<char>(out);
        stream_.avail_out = static_cast<unsigned>(out.size());
        const int status = good_ ? BZ2_bzDecompress(&stream_) : BZ_MEM_ERROR;
        return {in.size() - stream_.avail_in, out.size() - stream_.avail_out,
                status == BZ_OK || status == BZ_STREAM_END, status == BZ_STREAM_END, false};
    }
    bz_stream stream_{};
    bool good_ = false;
};

/// xz, and the older container that "lzma" means.
class Lzma final : public StepDecompressor {
public:
    Lzma(Compression kind, InputBuffer& input) : StepDecompressor(kind, input) {
        good_ = (kind == Compression::xz ? lzma_stream_decoder(&stream_, kMostMemory, 0)
                                         : lzma_alone_decoder(&stream_, kMostMemory)) == LZMA_OK;
    }
    ~Lzma() override { lzma_end(&stream_); }

private:
    Step advance(std::span<const std::byte> in, std::span<std::byte> out) override {
        stream_.next_in = bytes<std::uint8_t>(in);
        stream_.avail_in = in.size();
        stream_.next_out = bytes<std::uint8_t>(out);
        stream_.avail_out = out.size();
        const auto status = good_ ? lzma_code(&stream_, LZMA_RUN) : LZMA_MEM_ERROR;
        return {in.size() - stream_.avail_in, out.size() - stream_.avail_out,
                status == LZMA_OK || status == LZMA_STREAM_END || status == LZMA_BUF_ERROR,
                status == LZMA_STREAM_END,
                status == LZMA_MEMLIMIT_ERROR || status == LZMA_MEM_ERROR};
    }
    lzma_stream stream_ = LZMA_STREAM_INIT;
    bool good_ = false;
};

class Zstd final : public StepDecompressor {
public:
    explicit Zstd(InputBuffer& input)
        : StepDecompressor(Compression::zstd, input), stream_(ZSTD_createDStream()) {}
    ~Zstd() override { ZSTD_freeDStream(stream_); }

private:
    Step advance(std::span<const std::byte> in, std::span<std::byte> out) override {
        // The library itself refuses windows above 128 MiB, as the kernel does.
        ZSTD_inBuffer from{in.data(), in.size(), 0};
        ZSTD_outBuffer to{out.data(), out.size(), 0};
        const auto left = ZSTD_decompressStream(stream_, &to, &from);
        const bool too_large =
            ZSTD_isError(left) != 0 &&
            std::string_view(ZSTD_getErrorName(left)).find("memory") != std::string_view::npos;
        return {from.pos, to.pos, ZSTD_isError(left) == 0, left == 0, too_large};
    }
    ZSTD_DStream* stream_;
};

class Lz4Frame final : public StepDecompressor {
public:
    explicit Lz4Frame(InputBuffer& input) : StepDecompressor(Compression::lz4, input) {
        if (LZ4F_isError(LZ4F_createDecompressionContext(&context_, LZ4F_VERSION)) != 0)
            context_ = nullptr;
    }
    ~Lz4Frame() override { LZ4F_freeDecompressionContext(context_); }

private:
    Step advance(std::span<const std::byte> in, std::span<std::byte> out) override {
        if (context_ == nullptr) return {0, 0, false, false, true};
        auto taken = in.size();
        auto made = out.size();
        const auto left = LZ4F_decompress(context_, out.data(), &made, in.data(), &taken, nullptr);
        const bool good = LZ4F_isError(left) == 0;
        return {taken, made, good, good && left == 0, false};
    }
    LZ4F_dctx* context_ = nullptr;
};

/// The format of "lz4 -l", which the kernel takes: blocks of up to 8 MiB, each with its length, and
/// no mark at the end.
class Lz4Legacy final : public Decompressor {
public:
    explicit Lz4Legacy(InputBuffer& input) : input_(input) {}

    Result<std::size_t> read(std::span<std::byte> out) override {
        while (at_ == size_) {
            const auto more = next_block();
            if (!more) return std::unexpected(more.error());
            if (!*more) return 0;
        }
        const auto count = std::min(out.size(), size_ - at_);
        std::memcpy(out.data(), block_.data() + at_, count);
        at_ += count;
        return count;
    }

private:
    static constexpr std::size_t kBlockSize = 8 << 20;
    static constexpr std::uint32_t kMagic = 0x184c2102;

    /// False at the end of the stream.
    Result<bool> next_block() {
        for (;;) {
            const auto head = input_.peek(4);
            if (!head) return std::unexpected(head.error());
            if (head->size() < 4) return false;
            const auto byte = [&](std::size_t i) {
                return static_cast<std::uint32_t>((*head)[i]) << (8 * i);
            };
            const std::uint32_t length = byte(0) | byte(1) | byte(2) | byte(3);
            const auto most = static_cast<std::uint32_t>(LZ4_compressBound(kBlockSize));
            // Padding, or another archive behind this one.
            if (length != kMagic && (length == 0 || length > most)) return false;
            input_.consume(4);
            if (length != kMagic) return unpack(length);
        }
    }
    Result<bool> unpack(std::size_t length) {
        // At once what the largest block needs: growing step by step would hold two of them.
        packed_.reserve(static_cast<std::size_t>(LZ4_compressBound(kBlockSize)));
        packed_.resize(length);
        for (std::size_t got = 0; got < length;) {
            const auto part = input_.peek();
            if (!part) return std::unexpected(part.error());
            if (part->empty())
                return std::unexpected(damaged(Compression::lz4_legacy, input_, "ends too early"));
            const auto count = std::min(part->size(), length - got);
            std::memcpy(packed_.data() + got, part->data(), count);
            input_.consume(count);
            got += count;
        }
        block_.resize(kBlockSize);
        const int made = LZ4_decompress_safe(
            reinterpret_cast<const char*>(packed_.data()), reinterpret_cast<char*>(block_.data()),
            static_cast<int>(length), static_cast<int>(kBlockSize));
        if (made < 0)
            return std::unexpected(damaged(Compression::lz4_legacy, input_, "is damaged"));
        at_ = 0;
        size_ = static_cast<std::size_t>(made);
        return true;
    }

    InputBuffer& input_;
    std::vector<std::byte> packed_, block_;
    std::size_t at_ = 0, size_ = 0;
};

struct Magic {
    std::string_view bytes;
    Compression kind;
};
using namespace std::string_view_literals;
constexpr std::array<Magic, 9> kMagics = {{{"\x1f\x8b"sv, Compression::gzip},
                                           {"\x1f\x9e"sv, Compression::gzip},
                                           {"BZh"sv, Compression::bzip2},
                                           {"\x5d\0\0"sv, Compression::lzma},
                                           {"\xfd"
                                            "7zXZ"sv,
                                            Compression::xz},
                                           {"\x28\xb5\x2f\xfd"sv, Compression::zstd},
                                           {"\x04\x22\x4d\x18"sv, Compression::lz4},
                                           {"\x02\x21\x4c\x18"sv, Compression::lz4_legacy},
                                           {"\x89LZO"sv, Compression::lzo}}};

}  // namespace

InputBuffer::InputBuffer(ByteSource& source) : source_(source), buffer_(kInputSize) {}

Result<std::span<const std::byte>> InputBuffer::peek(std::size_t least) {
    while (end_ - begin_ < least && !at_end_) {
        if (begin_ > 0) {
            std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
            end_ -= begin_;
            begin_ = 0;
        }
        const auto n = source_.read(std::span(buffer_).subspan(end_));
        if (!n) return std::unexpected(n.error());
        at_end_ = *n == 0;
        end_ += *n;
        offset_ += *n;
    }
    return std::span<const std::byte>(buffer_).subspan(begin_, end_ - begin_);
}

std::string_view compression_name(Compression kind) {
    constexpr std::array<std::string_view, 9> kNames = {"none", "gzip", "bzip2", "lzma", "xz",
                                                        "zstd", "lz4",  "lz4",   "lzo"};
    return kNames[static_cast<std::size_t>(kind)];
}

Compression detect_compression(std::span<const std::byte> head) {
    const std::string_view text(reinterpret_cast<const char*>(head.data()), head.size());
    for (const auto& [magic, kind] : kMagics)
        if (text.starts_with(magic)) return kind;
    return Compression::none;
}

Result<std::unique_ptr<Decompressor>> open_decompressor(Compression kind, InputBuffer& input) {
    switch (kind) {
        case Compression::gzip:
            return std::make_unique<Gzip>(input);
        case Compression::bzip2:
            return std::make_unique<Bzip2>(input);
        case Compression::xz:
        case Compression::lzma:
            return std::make_unique<Lzma>(kind, input);
        case Compression::zstd:
            return std::make_unique<Zstd>(input);
        case Compression::lz4:
            return std::make_unique<Lz4Frame>(input);
        case Compression::lz4_legacy:
            return std::make_unique<Lz4Legacy>(input);
        case Compression::lzo:
        case Compression::none:
            break;
    }
    return failure(Errc::unsupported,
                   std::string(compression_name(kind)) + " compression cannot be unpacked here");
}

}  // namespace guestprep
