// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/accountspec.h"

#include "services/domain/runtimeusage.h"
#include "services/domain/subject.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

#include <algorithm>

namespace {

constexpr int longestName = 40;
constexpr int longestDisplayName = 100;
constexpr int longestDescription = 1000;
constexpr int highestCount = 1'000'000;
constexpr int mostGibibytes = 5 * 65536; // as many as five of the largest volumes hold

QString say(const char *source)
{
    return QCoreApplication::translate("AccountSpec", source);
}

/// Of hidden users: `NAME-management` and `NAME-viewing` are logins of the account NAME.
bool isReserved(const QString &name)
{
    static const QRegularExpression reserved(QStringLiteral("(\\A|-)(management|viewing)\\z|\\Apennant-"));
    return reserved.match(name).hasMatch();
}

void checkCount(FieldErrors &errors, const char *field, const std::optional<int> &count)
{
    if (count && (*count < 1 || *count > highestCount))
        errors.append({QLatin1String(field),
            say("Enter a number from 1 to %1, or leave it empty: unlimited.").arg(QLocale().toString(highestCount))});
}

void checkStorage(FieldErrors &errors, const AccountSpec &spec, const AccountSurroundings &around)
{
    const QString field = QStringLiteral("maxStorageGibibytes");
    const std::optional<int> &wanted = spec.limits.maxStorageGibibytes;
    if (!wanted)
        return;
    if (*wanted < 1 || *wanted > mostGibibytes) {
        errors.append({field,
            say("Enter a size from 1 to %1 GiB, or leave it empty: unlimited.")
                .arg(QLocale().toString(mostGibibytes))});
        return;
    }
    if (around.replicas != 1 || around.storageGibibytes == 0)
        return;
    qint64 reserved = 0;
    for (const AccountSpec &other : around.others)
        reserved += other.limits.maxStorage().value_or(ByteCount{}).bytes;
    const ByteCount left{std::max<qint64>(0, maxFileStore(around.storageGibibytes).bytes - reserved)};
    if (spec.limits.maxStorage()->bytes > left.bytes)
        errors.append({field,
            say("The server sets this much aside and has %1 left beside the other accounts: with more it would not "
                "start again.")
                .arg(left.text())});
}

void checkLength(FieldErrors &errors, const char *field, const QString &text, int longest)
{
    if (text.size() > longest)
        errors.append({QLatin1String(field), say("Use at most %1 characters.").arg(QLocale().toString(longest))});
}

void checkSubjects(FieldErrors &errors, const char *field, const QStringList &subjects)
{
    for (const QString &subject : subjects) {
        if (const QString problem = subjectProblem(subject); !problem.isEmpty()) {
            errors.append({QLatin1String(field), problem});
            return;
        }
    }
}

void checkUsers(FieldErrors &errors, const QList<AccountUser> &users)
{
    QStringList seen;
    for (const AccountUser &user : users) {
        const FieldErrors wrong = validate(user);
        if (!wrong.isEmpty())
            errors.append(
                {QStringLiteral("users"), QStringLiteral("%1: %2").arg(user.name, wrong.constFirst().message)});
        else if (seen.contains(user.name))
            errors.append({QStringLiteral("users"), say("There is a user %1 already.").arg(user.name)});
        seen.append(user.name);
    }
}

} // namespace

std::optional<ByteCount> AccountLimits::maxStorage() const
{
    return maxStorageGibibytes ? std::optional(ByteCount::gibibytes(*maxStorageGibibytes)) : std::nullopt;
}

QString serverUserName(const QString &account, const QString &user)
{
    return account + QLatin1Char('.') + user;
}

QString accountNameProblem(const QString &name)
{
    static const QRegularExpression label(
        QStringLiteral("\\A[a-z0-9]([-a-z0-9]{0,%1}[a-z0-9])?\\z").arg(longestName - 2));
    if (name.isEmpty())
        return say("Enter a name.");
    if (!label.match(name).hasMatch())
        return say("Use a-z, 0-9 and hyphens, not at the ends, at most %1 characters: Secrets are named after it.")
            .arg(longestName);
    if (isReserved(name))
        return say("Names that begin with \"pennant-\" or end with \"management\" or \"viewing\" belong to logins of "
                   "Pennant's own.");
    return {};
}

FieldErrors validateNew(const AccountSpec &spec, const AccountSurroundings &around)
{
    FieldErrors errors;
    const bool isTaken = std::any_of(around.others.cbegin(), around.others.cend(),
        [&spec](const AccountSpec &other) { return other.name == spec.name; });
    if (const QString problem = accountNameProblem(spec.name); !problem.isEmpty())
        errors.append({QStringLiteral("name"), problem});
    else if (isTaken)
        errors.append({QStringLiteral("name"), say("There is an account %1 already.").arg(spec.name)});
    return errors + validateChange(spec, around);
}

FieldErrors validateChange(const AccountSpec &spec, const AccountSurroundings &around)
{
    FieldErrors errors;
    checkLength(errors, "displayName", spec.displayName, longestDisplayName);
    checkLength(errors, "description", spec.description, longestDescription);
    checkCount(errors, "maxStreams", spec.limits.maxStreams);
    checkCount(errors, "maxConsumers", spec.limits.maxConsumers);
    checkStorage(errors, spec, around);
    checkUsers(errors, spec.users);
    return errors;
}

FieldErrors validate(const AccountUser &user)
{
    FieldErrors errors;
    if (const QString problem = accountNameProblem(user.name); !problem.isEmpty())
        errors.append({QStringLiteral("name"), problem});
    checkSubjects(errors, "publishAllowed", user.permissions.publishAllowed);
    checkSubjects(errors, "publishDenied", user.permissions.publishDenied);
    checkSubjects(errors, "subscribeAllowed", user.permissions.subscribeAllowed);
    checkSubjects(errors, "subscribeDenied", user.permissions.subscribeDenied);
    return errors;
}
