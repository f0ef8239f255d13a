// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/network/networktransport.h"
#include "tests/support/httpserver.h"

#include <QSslServer>
#include <QTemporaryDir>

/// For tests of a transport to an API server of the test's own that is spoken to over TLS. Certificates are made by the
/// openssl program, so that none in the sources ever expires: the authorities "ca" and "other", and of the first
/// "server" (for 127.0.0.1) and "named" (for api.example). Without a proxy in the environment.
class TlsFixture : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

protected:
    /// What a test needs beside those of all.
    virtual void makeMore() { }
    void openssl(const QString &arguments) const;
    QByteArray pem(const QString &name) const;
    /// NAME.key and NAME.crt, signed by the authority, valid for `days`.
    void makeCertificate(const QString &name, const QString &subjectAltName, const QString &authority, int days) const;
    void makeAuthority(const QString &name) const;

    std::unique_ptr<QSslServer> listener(const QString &name) const;
    /// From now on m_server shows that certificate, and answers with the name in the client's.
    void serve(const QString &name);
    ClusterAccess access() const;
    static Result<ApiResponse> ask(const ClusterAccess &access);

    QTemporaryDir m_folder;
    std::unique_ptr<HttpServer> m_server;
};
