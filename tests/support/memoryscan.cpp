// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/memoryscan.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

#include <unistd.h>

QByteArray MemoryScan::veil(QByteArray secret)
{
    for (char &byte : secret)
        byte = char(byte ^ 0x5a);
    return secret;
}

bool MemoryScan::isPossible()
{
    return ::geteuid() == 0;
}

MemoryScan::Found MemoryScan::find(const QByteArray &veiled)
{
    QProcess process;
    process.start(QStringLiteral("python3"),
        {QStringLiteral(PENNANT_MEMORYSCAN), QString::number(QCoreApplication::applicationPid())});
    process.write(veiled.toHex());
    process.closeWriteChannel();
    if (!QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, 120'000))
        return {};
    const QJsonObject answer = QJsonDocument::fromJson(process.readAllStandardOutput()).object();
    const auto count = [&answer](const char *kind) { return answer[QLatin1String(kind)].toInt(-1); };
    return {count("utf8"), count("utf16"), count("base64"), QString::fromUtf8(process.readAllStandardError())};
}
