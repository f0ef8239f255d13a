// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QMainWindow>
#include <QNetworkAccessManager>
#include <QNetworkReply>

/// What Pennant's memory with an open cluster is compared with: the empty window, which has asked the server named as
/// its argument once. What a Qt program needs for that, most of it TLS, is in both.
int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    QMainWindow window;
    window.resize(1280, 820);
    window.show();
    QNetworkAccessManager network;
    network.get(QNetworkRequest(QUrl(QCoreApplication::arguments().value(1))));
    return QApplication::exec();
}
