// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/registry_value.h"

#include "tests/support/catch.h"

using namespace guestprep;

namespace {

RegistryValue raw(RegistryType type, std::string_view bytes) { return {type, std::string(bytes)}; }

}  // namespace

TEST_CASE("UTF-16 and UTF-8 are each other's inverse for every plane") {
    for (const std::string text : {"", "a", "Ünïcode", "日本語", "\xf0\x9f\x98\x80 end"})
        CHECK(utf8_from_utf16(utf16_from_utf8(text)) == text);
}

TEST_CASE("What is not UTF-16 or UTF-8 becomes U+FFFD and nothing else") {
    using namespace std::string_view_literals;
    CHECK(utf8_from_utf16("a\0\x00\xd8"sv) == "a\xef\xbf\xbd");
    CHECK(utf8_from_utf16("\x00\xdc"
                          "b\0"sv) ==
          "\xef\xbf\xbd"
          "b");
    CHECK(utf8_from_utf16("a\0b"sv) == "a\xef\xbf\xbd");
    CHECK(utf16_from_utf8("\xff") == "\xfd\xff");
    CHECK(utf16_from_utf8("\xed\xa0\x80") == "\xfd\xff\xfd\xff\xfd\xff");
    CHECK(utf16_from_utf8("\xc3") == "\xfd\xff");
}

TEST_CASE("A text ends at its first zero, which need not be there") {
    using namespace std::string_view_literals;
    CHECK(text_of(registry_text("C:\\Windows")) == "C:\\Windows");
    CHECK(text_of(raw(RegistryType::text, "a\0b\0"sv)) == "ab");
    CHECK(text_of(raw(RegistryType::expandable_text, "a\0\0\0x\0"sv)) == "a");
    CHECK(text_of(raw(RegistryType::text, ""sv)) == "");
    CHECK(text_of(registry_dword(1)).error().code == Errc::bad_syntax);
}

TEST_CASE("A list of texts may lack its end") {
    using namespace std::string_view_literals;
    CHECK(texts_of(registry_texts({"a", "bc"})) == std::vector<std::string>{"a", "bc"});
    CHECK(texts_of(registry_texts({})) == std::vector<std::string>{});
    CHECK(texts_of(raw(RegistryType::texts, "a\0\0\0b\0"sv)) == std::vector<std::string>{"a", "b"});
    CHECK(texts_of(raw(RegistryType::texts, "a\0\0\0b"sv)) ==
          std::vector<std::string>{"a", "\xef\xbf\xbd"});
    CHECK(texts_of(registry_text("one")) == std::vector<std::string>{"one"});
    CHECK_FALSE(texts_of(registry_dword(0)));
}

TEST_CASE("A number has its full length, or is none") {
    using namespace std::string_view_literals;
    CHECK(number_of(registry_dword(0x12345678)) == 0x12345678U);
    CHECK(number_of(raw(RegistryType::dword_big_endian, "\0\0\x01\x02"sv)) == 0x102U);
    CHECK(number_of(raw(RegistryType::qword, "\x01\0\0\0\0\0\0\x80"sv)) == 0x8000000000000001U);
    CHECK_FALSE(number_of(raw(RegistryType::dword, "\x01"sv)));
    CHECK_FALSE(number_of(raw(RegistryType::qword, "\x01\0\0\0"sv)));
    CHECK_FALSE(number_of(registry_text("1")));
    CHECK(number_or_text_of(registry_text(" 1")) == 1U);
    CHECK(number_or_text_of(registry_dword(3)) == 3U);
    CHECK_FALSE(number_or_text_of(registry_text("1x")));
    CHECK_FALSE(number_or_text_of(registry_text("")));
}

TEST_CASE("A value is shown without control characters and never whole where it is binary") {
    CHECK(shown_value(registry_dword(7)) == "7");
    CHECK(shown_value(registry_texts({"a", "b"})) == "a; b");
    CHECK(shown_value(raw(RegistryType::binary, "secret")) == "6 bytes of type 3");
    CHECK(shown_value(raw(RegistryType::dword, "x")) == "1 bytes of type 4");
}
