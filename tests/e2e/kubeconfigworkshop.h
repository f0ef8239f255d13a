// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

/// Makes kubeconfigs that are wrong in one way each, from the administrator's. Its folder is gone with it.
class KubeconfigWorkshop final {
public:
    /// The administrator's, with everything inside it.
    KubeconfigWorkshop();

    const QByteArray &good() const { return m_good; }
    const QString &user() const { return m_user; }
    const QString &cluster() const { return m_cluster; }
    QString path(const QString &name) const { return m_folder.filePath(name); }
    QString write(const QString &name, const QByteArray &content) const;
    /// A good one after some `kubectl config …`.
    QString changed(const QString &name, const QStringList &commands) const;
    /// With the certificate of a client that expired today.
    QString expired(const QString &name) const;

    /// Runs it in the folder; false, with its words in the log, where it fails.
    bool openssl(const QString &arguments) const;

private:
    QTemporaryDir m_folder;
    QByteArray m_good;
    QString m_user;
    QString m_cluster;
};
