// What is typed is kept by the server while one types; a file shows how far it is; without a network the form stays as it is.
{
  const start = (form) => {
    const says = (text) => (form.querySelector('#sending').textContent = text);
    // What the form holds, but not the file, as if the button `save` had been pressed.
    const draft = () => {
      const data = new FormData(form);
      data.delete('cv');
      data.set('do', 'save');
      return data;
    };
    let typing;
    const save = () => {
      clearTimeout(typing);
      typing = undefined;
      navigator.sendBeacon(location.pathname, draft());
    };
    const typed = () => {
      clearTimeout(typing);
      typing = setTimeout(save, 800);
    };
    form.addEventListener('input', (event) => event.target.type !== 'file' && typed());
    addEventListener('pagehide', () => typing && save());
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      clearTimeout(typing);
      typing = undefined;
      const ask = new XMLHttpRequest();
      const body = new FormData(form, event.submitter);
      const buttons = [...form.querySelectorAll('button')];
      const wait = (is) => buttons.forEach((button) => (button.disabled = is));
      ask.open('POST', location.pathname);
      ask.upload.onprogress = ({ loaded, total }) => says(`${form.dataset.sending} ${Math.floor((loaded / total) * 100)}%`);
      ask.onerror = () => (wait(false), says(form.dataset.offline));
      ask.onload = () => {
        // Only what this page shows anew: styles and scripts of the answer are not for this page. (This script stands before it.)
        const text = ask.responseText;
        const page = new DOMParser().parseFromString(text.slice(text.lastIndexOf('<main'), text.lastIndexOf('</main>') + 7), 'text/html');
        if (!page.querySelector('#apply')) {
          if (ask.status < 400 && ask.responseURL) return location.assign(ask.responseURL);
          wait(false);
          return says(page.querySelector('main')?.textContent.trim() ?? ask.statusText);
        }
        document.querySelector('main').replaceWith(document.adoptNode(page.querySelector('main')));
        start(document.querySelector('#apply'));
        const notice = document.querySelector('main [role=alert]');
        notice.tabIndex = -1;
        notice.focus();
      };
      says(form.dataset.sending);
      wait(true);
      ask.send(body);
    });
  };
  const begin = () => start(document.querySelector('#apply'));
  document.readyState === 'loading' ? addEventListener('DOMContentLoaded', begin) : begin();
}
