// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/kubeconfigworkshop.h"

#include "tests/e2e/othertools.h"

#include <QFile>
#include <QProcess>

namespace {

QString viewed(const QString &output)
{
    return OtherTools::kubectl({QStringLiteral("config"), QStringLiteral("view"), QStringLiteral("--raw"),
        QStringLiteral("--flatten"), QStringLiteral("-o"), output});
}

} // namespace

KubeconfigWorkshop::KubeconfigWorkshop()
    : m_good(viewed(QStringLiteral("yaml")).toUtf8())
    , m_user(viewed(QStringLiteral("jsonpath={.users[0].name}")))
    , m_cluster(viewed(QStringLiteral("jsonpath={.clusters[0].name}")))
{
}

QString KubeconfigWorkshop::write(const QString &name, const QByteArray &content) const
{
    QFile file(path(name));
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(content) != content.size())
        qWarning("%s can't be written", qPrintable(file.fileName()));
    return file.fileName();
}

QString KubeconfigWorkshop::changed(const QString &name, const QStringList &commands) const
{
    const QString file = write(name, m_good);
    for (const QString &command : commands)
        OtherTools::kubectl(QStringList{QStringLiteral("config"), QStringLiteral("--kubeconfig"), file}
            + QProcess::splitCommand(command));
    return file;
}

QString KubeconfigWorkshop::expired(const QString &name) const
{
    openssl(QStringLiteral("ecparam -name prime256v1 -genkey -noout -out old.key"));
    openssl(QStringLiteral("req -new -key old.key -subj /CN=old -out old.csr"));
    openssl(QStringLiteral("x509 -req -in old.csr -signkey old.key -days 0 -out old.crt"));
    return changed(name,
        {QStringLiteral("set-credentials %1 --client-certificate=%2 --client-key=%3 --embed-certs")
                .arg(m_user, path(QStringLiteral("old.crt")), path(QStringLiteral("old.key")))});
}

bool KubeconfigWorkshop::openssl(const QString &arguments) const
{
    QProcess process;
    process.setWorkingDirectory(m_folder.path());
    process.start(QStringLiteral("openssl"), QProcess::splitCommand(arguments));
    const bool isDone = process.waitForFinished() && process.exitCode() == 0;
    if (!isDone)
        qWarning("openssl %s: %s", qPrintable(arguments), process.readAllStandardError().constData());
    return isDone;
}
