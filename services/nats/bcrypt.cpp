// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/nats/bcrypt.h"

#include <QCoreApplication>

#include <crypt.h>

#include <algorithm>
#include <cstring>
#include <memory>

namespace {

constexpr int saltBytes = 16;
constexpr int longestPassword = 72; // bcrypt reads no further
constexpr int lowestCost = 4;
constexpr int highestCost = 31;
constexpr int shortestGenerated = 22;

QString text(const char *source)
{
    return QCoreApplication::translate("Bcrypt", source);
}

// bcrypt's own base64: another alphabet than RFC 4648, no padding
QByteArray bcryptBase64(const QByteArray &bytes)
{
    static constexpr char alphabet[] = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    QByteArray encoded;
    unsigned int buffer = 0;
    int bits = 0;
    for (const char byte : bytes) {
        buffer = (buffer << 8) | static_cast<unsigned char>(byte);
        for (bits += 8; bits >= 6; bits -= 6)
            encoded.append(alphabet[(buffer >> (bits - 6)) & 0x3f]);
    }
    if (bits > 0)
        encoded.append(alphabet[(buffer << (6 - bits)) & 0x3f]);
    return encoded;
}

bool looksGenerated(QByteArrayView password)
{
    const auto countIn = [password](char first, char last) {
        return std::count_if(
            password.begin(), password.end(), [first, last](char c) { return c >= first && c <= last; });
    };
    const auto capitals = countIn('A', 'Z');
    const auto smalls = countIn('a', 'z');
    const auto digits = countIn('0', '9');
    return password.size() >= shortestGenerated && capitals > 0 && smalls > 0 && digits > 0
        && capitals + smalls + digits == password.size();
}

struct WipeAndDelete {
    void operator()(crypt_data *data) const
    {
        explicit_bzero(data, sizeof *data);
        delete data;
    }
};

} // namespace

Result<QByteArray> bcryptHash(const SecretString &password, int cost, const QByteArray &salt)
{
    if (cost < lowestCost || cost > highestCost || salt.size() != saltBytes)
        return fail(Error::Kind::Local, text("The password could not be hashed: cost or salt are out of range."));
    if (password.isEmpty() || password.revealUtf8().size() > longestPassword || password.revealUtf8().contains('\0'))
        return fail(Error::Kind::Invalid,
            text("The password could not be hashed: use 1 to %1 bytes, none of them zero.").arg(longestPassword));

    const QByteArray setting = "$2b$" + QByteArray::number(cost).rightJustified(2, '0') + '$' + bcryptBase64(salt);
    const std::unique_ptr<crypt_data, WipeAndDelete> data(new crypt_data{});
    const char *hash = crypt_r(password.revealUtf8().constData(), setting.constData(), data.get());
    // libxcrypt tells of a failure by a text that begins with an asterisk
    if (!hash || *hash == '*')
        return fail(Error::Kind::Local,
            text("The password could not be hashed: this system's crypt library does not offer bcrypt."));
    return QByteArray(hash);
}

bool bcryptMatches(const SecretString &password, const QByteArray &hash)
{
    const std::unique_ptr<crypt_data, WipeAndDelete> data(new crypt_data{});
    const char *again = crypt_r(password.revealUtf8().constData(), hash.constData(), data.get());
    return again && *again != '*' && hash == again;
}

int bcryptCostFor(const SecretString &password)
{
    return looksGenerated(password.revealUtf8()) ? 5 : 8;
}
