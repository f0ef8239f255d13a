// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QMainWindow>

/// What Pennant's start is compared with: a window with nothing in it, of the size that Pennant opens with.
class EmptyWindow final : public QMainWindow {
    Q_OBJECT

protected:
    void paintEvent(QPaintEvent *) override
    {
        if (qEnvironmentVariableIsSet("PENNANT_EXIT_AFTER_FIRST_PAINT"))
            QMetaObject::invokeMethod(qApp, &QCoreApplication::quit, Qt::QueuedConnection);
    }
};

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    EmptyWindow window;
    window.resize(1280, 820);
    window.show();
    return QApplication::exec();
}

#include "emptywindow.moc"
